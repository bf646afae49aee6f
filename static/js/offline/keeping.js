/** Keeps works on this device, in the browser's own store: what each is, its advisory and its words, as answers of the archive. */
const KEPT = "kept-works";
const GONE = "/offline/gone";
const VERSION = "Kept-Version";
const BARE = { ignoreVary: true };

const at = (work) => `/works/${work}/offline`;
const parts = (work) => [`${at(work)}/about`, at(work), `${at(work)}/text`];
const ask = (address) => fetch(address, { cache: "no-store" });
/** Only what was made to be kept: a log-in page or an advisory with a form is not. */
const isKeepable = (answer) => answer.ok && !answer.redirected && answer.headers.has(VERSION);

/** Whether this browser can keep works at all. */
export const canKeep = () => "serviceWorker" in navigator && "caches" in globalThis && isSecureContext;

/** Have the worker registered that answers where there is no network. */
export const register = () => navigator.serviceWorker.register("/service-worker.js", { scope: "/" });

export async function isKept(work) {
  return (await caches.has(KEPT)) && Boolean(await (await caches.open(KEPT)).match(at(work), BARE));
}

/** @param {string} query what the page with the text was asked with, when it was agreed to for once only */
export async function keep(work, query = "") {
  const [about, advisory, text] = parts(work);
  const answers = await Promise.all([ask(about), ask(advisory), ask(text + query)]);
  if (!answers.every(isKeepable)) throw new Error("not to be kept");
  await put([about, advisory, text], answers, work);
}

async function put(addresses, answers, work) {
  const kept = await caches.open(KEPT);
  try {
    for (const [place, answer] of answers.entries()) await kept.put(addresses[place], answer);
  } catch (full) {
    await drop(work);
    throw full;
  }
}

export async function drop(work) {
  const kept = await caches.open(KEPT);
  for (const part of parts(work)) await kept.delete(part, BARE);
}

/** All that is kept, each with its size in bytes. */
export async function list() {
  const kept = await caches.open(KEPT);
  const pks = (await kept.keys()).map(({ url }) => /\/works\/(\d+)\/offline\/about$/.exec(url)?.[1]).filter(Boolean);
  return Promise.all(pks.map(async (work) => {
    const [about, ...pages] = await Promise.all(parts(work).map((part) => kept.match(part, BARE)));
    const sizes = await Promise.all(pages.map(async (page) => (page ? (await page.clone().blob()).size : 0)));
    const said = await about.json();
    return { work, ...said, size: sizes.reduce((sum, size) => sum + size, 0), isStale: pages[1]?.headers.get(VERSION) !== said.version };
  }));
}

/** Ask the archive about a kept work. @returns {Promise<"gone" | "new" | "stale" | "same" | "away">} */
export async function refresh({ work, version, isStale }) {
  const [about, advisory, text] = parts(work);
  const now = await ask(about).catch(() => null);
  if (now && (now.redirected || [403, 404, 410].includes(now.status))) return drop(work).then(() => "gone");
  if (!now || !isKeepable(now)) return "away";
  if (!isStale && now.headers.get(VERSION) === version) return "same";
  const [first, words] = await Promise.all([ask(advisory), ask(text)]);
  if (!isKeepable(first)) return "away";
  // Where its warnings are other ones now, the words wait until these were met; the new advisory stands before the old words.
  await put([about, advisory, text], isKeepable(words) ? [now, first, words] : [now, first], work);
  return isKeepable(words) ? "new" : "stale";
}

/** The titles of what was dropped because it is gone; they are told once. */
export async function takeGone() {
  const kept = await caches.open(KEPT);
  const told = await (await kept.match(GONE))?.json();
  await kept.delete(GONE);
  return told ?? [];
}
