/** The elements and attributes that the archive keeps, as archive/text/cleaning.py lists them; the tests compare both. */

/** Blocks in which a text lies on lines of its own: each child is a block. */
export const FLOWS = new Set(["blockquote", "center", "details", "div"]);
/** Blocks that hold nothing but words. */
export const LINES = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"]);
/** Blocks that hold words, or blocks, or both beside each other. */
export const MIXED = new Set(["address", "caption", "dd", "dt", "figcaption", "figure", "li", "summary", "td", "th"]);
/** Blocks that hold only certain others. */
export const FRAMES = new Set(["col", "colgroup", "dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"]);
/** Elements within a line, but for images and breaks. */
export const INLINE = new Set([
  "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "q", "rp", "rt", "ruby", "s", "samp",
  "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
]);
export const VOID = new Set(["br", "col", "hr", "img"]);

const CELL = ["abbr", "axis", "colspan", "height", "rowspan", "scope", "width"];
const EVERYWHERE = ["align", "dir", "lang", "title", "class"];
const ATTRIBUTES = {
  a: ["href", "rel"],
  blockquote: ["cite"],
  del: ["cite"],
  details: ["open"],
  div: ["data-gist", "data-note", "data-warning"],
  img: ["alt", "border", "height", "src", "width", "loading", "referrerpolicy"],
  ins: ["cite"],
  ol: ["start", "type"],
  q: ["cite"],
  table: ["border", "summary", "width"],
  td: CELL,
  th: CELL,
};

/**
 * The attributes of an element that the archive keeps, in the order in which they are written.
 * @param {Element} element
 * @returns {[string, string][]}
 */
export function attributesOf(element) {
  const kept = new Set([...EVERYWHERE, ...(ATTRIBUTES[element.localName] ?? [])]);
  return Array.from(element.attributes, ({ name, value }) => [name, value]).filter(([name]) => kept.has(name));
}

/** The value of one of these attributes, or null. */
export function valueOf(html, name) {
  return html.find(([one]) => one === name)?.[1] ?? null;
}

/** The same attributes with one of them changed, or taken away where there is no value. */
export function withValue(html, name, value) {
  const others = html.filter(([one]) => one !== name);
  if (value === null || value === "") return others;
  if (others.length === html.length) return [...html, [name, value]];
  return html.map(([one, old]) => [one, one === name ? value : old]);
}
