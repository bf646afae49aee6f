/**
 * Answers where there is no network, with what a reader chose to keep. It is registered when they first do so.
 *
 * It changes no answer of the archive that comes, and keeps no page by itself but the list of what is kept, which holds nothing of anybody.
 * The archive puts the addresses of that page's files into SHELL.
 */
const SHELL = {};
const KEPT = "kept-works";
const LIST = "/offline";
const GONE = "/offline/gone";
const LOOKED = "/offline/looked"; // when it was looked last; a worker itself is forgotten after half a minute of rest
const BARE = { ignoreVary: true }; // nobody's cookie is in what is kept
const LEAVING = /^\/users\/(?:logout|[^/]+\/deletion)$/;
const HOUR = 3_600_000;
const AWAY = new Set([502, 503, 504]); // what stands before the archive answers where that is stopped
const READING = /^\/works\/(\d+)(\/chapters\/\d+|\/navigate|\/offline(?:\/text)?)?$/;

const parts = (about) => [about, about.replace(/\/about$/, ""), about.replace(/about$/, "text")];
/** A file by its name without the hash: a page that was kept before an update asks for the older one. */
const named = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
const files = new Map((SHELL.files ?? []).map((file) => [named(file), file]));

self.addEventListener("install", (event) => event.waitUntil(settle().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(clear().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== self.location.origin) return;
  if (method === "POST" && LEAVING.test(pathname)) event.waitUntil(forget((about) => about.restricted));
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(navigate(event, pathname));
  else if (files.has(named(pathname))) event.respondWith(bring(event.request, pathname));
});

async function settle() {
  const shell = await caches.open(SHELL.name);
  await shell.addAll([LIST, ...SHELL.files].map((address) => new Request(address, { cache: "reload" })));
}

async function clear() {
  for (const name of await caches.keys()) if (name.startsWith("offline-shell-") && name !== SHELL.name) await caches.delete(name);
}

/** What the network answers, and whether that is the archive. */
async function ask(request) {
  const answer = await fetch(request).catch(() => null);
  return [answer, Boolean(answer) && !AWAY.has(answer.status)];
}

/** A file that gives pages their look. */
async function bring(request, path) {
  const [answer, isHere] = await ask(request);
  return isHere ? answer : (await caches.match(files.get(named(path)), BARE)) || answer || Response.error();
}

async function navigate(event, path) {
  const [answer, isHere] = await ask(event.request);
  const [, work, rest] = READING.exec(path) ?? [];
  if (isHere) {
    event.waitUntil(look(path, work, path === LIST ? answer.clone() : answer).catch(() => {}));
    return answer;
  }
  const kept = work && (await caches.match(`/works/${work}/offline${rest === "/offline/text" ? "/text" : ""}`, BARE));
  return kept || answer || (await caches.match(LIST, BARE)) || Response.error();
}

/** Where there is a network: what its author took away, or locked, is not kept any longer. Each is asked about once an hour. */
async function look(path, work, answer) {
  if (path === LIST && answer.ok) await (await caches.open(SHELL.name)).put(LIST, answer);
  if (await isDue()) await forget(isGone, true);
  else if (work && !answer.ok) await forget((about, address) => address.includes(`/works/${work}/`) && isGone(about, address), true);
}

async function isDue() {
  const kept = await caches.open(KEPT);
  const last = (await (await kept.match(LOOKED))?.json()) ?? 0;
  if (Math.abs(Date.now() - last) < HOUR) return false;
  await kept.put(LOOKED, Response.json(Date.now()));
  return true;
}

async function isGone(_about, address) {
  const now = await fetch(address, { cache: "no-store" }).catch(() => null);
  return now && (now.redirected || [403, 404, 410].includes(now.status));
}

/** Drops the works of which this is true, and remembers the titles if readers are to be told; of locked ones nothing stays. */
async function forget(isMeant, tells = false) {
  const kept = await caches.open(KEPT);
  for (const { url } of await kept.keys()) {
    if (!url.endsWith("/offline/about")) continue;
    const about = await (await kept.match(url, BARE)).json();
    if (!(await isMeant(about, url))) continue;
    for (const part of parts(url)) await kept.delete(part, BARE);
    if (!tells || about.restricted) continue;
    const told = (await (await kept.match(GONE))?.json()) ?? [];
    await kept.put(GONE, Response.json([...told, about.title]));
  }
}
