/** Writes down how texts are set, where works are kept: without a network, they are to be set so, too. */
const LOOK = "look";
const NAMES = ["size", "face", "leading", "width", "edges", "theme"];

export function note() {
  const { dataset } = document.documentElement;
  try {
    localStorage.setItem(LOOK, JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, dataset[name] ?? ""]))));
  } catch {
    // A browser that forbids it shows kept pages as they were kept.
  }
}

/** Notes it where a work was kept before. */
export function noteAgain() {
  try {
    if (localStorage.getItem(LOOK)) note();
  } catch {
    // As above.
  }
}
