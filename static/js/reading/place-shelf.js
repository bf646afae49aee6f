/** Keeps places in this browser: a guest's for good, a member's until the archive has them. */

/** @typedef {import("./places.js").Place & {at: number}} Kept a place, and since when by this clock, in seconds */

const MOST = 200; // works; the places that were kept first go first
const key = (reader, work) => `place:${reader || "guest"}:${work}`;

/** @returns {[string, Kept][]} what is kept for a reader, by the number of the work */
function all(reader) {
  const beginning = key(reader, "");
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(beginning))
    .map((name) => [name.slice(beginning.length), JSON.parse(localStorage.getItem(name))]);
}

/** Does something that a browser may forbid. */
function tried(deed, otherwise = null) {
  try {
    return deed();
  } catch {
    return otherwise;
  }
}

export const shelf = {
  /** @returns {Kept | null} */
  of: (reader, work) => tried(() => JSON.parse(localStorage.getItem(key(reader, work)))),

  all: (reader) => tried(() => all(reader), []),

  /** @param {Kept} place */
  put: (reader, work, place) =>
    tried(() => {
      localStorage.setItem(key(reader, work), JSON.stringify(place));
      const oldest = all(reader).sort(([, one], [, other]) => other.at - one.at);
      for (const [other] of oldest.slice(MOST)) localStorage.removeItem(key(reader, other));
    }),

  /** Lets go of a place, unless a later one was kept meanwhile. @param {Kept} place */
  drop: (reader, work, place) =>
    tried(() => {
      if (shelf.of(reader, work)?.at <= place.at) localStorage.removeItem(key(reader, work));
    }),
};

/** Tells the archive where a member stopped; what does not arrive is kept, to be told another time. @param {Kept} place */
export async function tell(reader, work, place) {
  const body = new FormData();
  for (const name of ["chapter", "block", "into_block", "percent", "at"]) body.set(name, place[name]);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  shelf.put(reader, work, place);
  const way = { method: "POST", body, keepalive: true, redirect: "manual" };
  const answer = await fetch(`/works/${work}/stop`, way).catch(() => null);
  // Kept, or never to be: the work is gone, or the place is none.
  if ([204, 404, 422].includes(answer?.status)) shelf.drop(reader, work, place);
}
