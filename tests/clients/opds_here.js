// Thorium's own parser, over HTTP: walks the catalogue from its beginning, and prints what it found, once for each language.
//
// opds_here.js SITE [ACCEPT]
"use strict";
const path = require("node:path");
const modules = path.join(__dirname, "node_modules");
const from = (name) => require(path.join(modules, name));
const { DOMParser } = from("@xmldom/xmldom");
const { XML } = from("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { initGlobalConverters_GENERIC } = from("r2-shared-js/dist/es8-es2017/src/init-globals");
const { TaJsonDeserialize, TaJsonSerialize } = from("r2-lcp-js/dist/es8-es2017/src/serializable");
const opds = "r2-opds-js/dist/es8-es2017/src/opds/";
const { initGlobalConverters_OPDS } = from(`${opds}init-globals`);
const { OPDS } = from(`${opds}opds1/opds`);
const { OPDSFeed } = from(`${opds}opds2/opds2`);
const { OPDSAuthenticationDoc } = from(`${opds}opds2/opds2-authentication-doc`);
const { convertOpds1ToOpds2 } = from(`${opds}converter`);

initGlobalConverters_OPDS();
initGlobalConverters_GENERIC();

const [site, accept = "*/*"] = process.argv.slice(2);

async function feedAt(address) {
  const answer = await fetch(address, { headers: { Accept: accept } });
  if (!answer.ok) { throw new Error(`${address}: ${answer.status}`); }
  const type = answer.headers.get("content-type");
  if (type.startsWith("application/opds+json")) { return TaJsonDeserialize(await answer.json(), OPDSFeed); }
  if (!type.startsWith("application/atom+xml")) { throw new Error(`${address}: ${type}`); }
  const document = new DOMParser().parseFromString(await answer.text(), "application/xml");
  return convertOpds1ToOpds2(XML.deserialize(document, OPDS));
}

const ofPublication = (one) => ({
  title: one.Metadata.Title,
  authors: (one.Metadata.Author || []).map((author) => author.Name),
  description: one.Metadata.Description,
  subjects: (one.Metadata.Subject || []).map((subject) => subject.Name).sort(),
  series: ((one.Metadata.BelongsTo || {}).Series || []).map((series) => [series.Name, Number(series.Position)]),
  files: one.Links.filter((link) => link.Rel.some((rel) => rel.includes("acquisition"))).map((link) => [link.TypeLink, link.Href]),
  images: (one.Images || []).map((link) => link.TypeLink),
});

async function walk() {
  const found = { ways: [], works: {}, facets: [], next: [], searches: [] };
  const waiting = [`${site}/opds`];
  const seen = new Set();
  while (waiting.length && seen.size < 60) {
    const address = waiting.shift();
    if (seen.has(address)) { continue; }
    seen.add(address);
    const feed = await feedAt(address);
    found.searches = (feed.Links || []).filter((link) => link.HasRel("search")).map((link) => [link.TypeLink, link.Href]);
    found.next.push(...(feed.Links || []).filter((link) => link.HasRel("next")).map((link) => link.Href));
    for (const way of feed.Navigation || []) {
      found.ways.push(way.Title);
      if (!/\/(marked|followed|bookmarks)$/.test(way.Href)) { waiting.push(way.Href); }
    }
    for (const work of feed.Publications || []) { found.works[work.Metadata.Title] = ofPublication(work); }
    for (const group of feed.Facets || []) { found.facets.push([group.Metadata.Title, ...group.Links.map((link) => link.Title)]); }
  }
  const asked = await fetch(`${site}/opds/marked`, { headers: { Accept: accept } });
  const document = TaJsonDeserialize(await asked.json(), OPDSAuthenticationDoc);
  found.asked = [asked.status, asked.headers.get("content-type"), TaJsonSerialize(document).authentication];
  return found;
}

walk().then((found) => console.log(JSON.stringify(found)), (mistake) => { console.error(mistake); process.exit(1); });
