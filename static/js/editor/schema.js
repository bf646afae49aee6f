/**
 * What a text can be made of: the archive's own HTML, and nothing else.
 *
 * Every node keeps the attributes it was written with (`html`) and the white space before it and at its end, so that what
 * nobody touched is written back as it was. All elements within a line are one kind of mark: they keep the order in which
 * they are nested; `turn` parts two that stand side by side and are otherwise alike.
 */
import { Schema } from "../../vendor/prosemirror/prosemirror.js";
import { attributesOf, INLINE } from "./elements.js";
import { island, reading } from "./island.js";

const KEPT = { html: { default: [] }, before: { default: "" }, end: { default: "" } };
const shown = ({ attrs }) => Object.fromEntries(attrs.html);
const read = (element) => ({ html: attributesOf(element) });

/** A block written as `tag`. */
function block(tag, content, more = {}) {
  return { content, group: "block", attrs: KEPT, parseDOM: [{ tag, getAttrs: read }], toDOM: (node) => [tag, shown(node), 0], ...more };
}

const inner = (tag, content, more = {}) => block(tag, content, { group: "", ...more });
const WORDS = "(bare | block)+";
const heading = (level) => block(`h${level}`, "inline*", { defining: true });
const cell = (tag) => inner(tag, WORDS, { isolating: true });
/** Folded, it could not be written in: here it always stands open, as a box. */
const box = (name) => (node) => ["div", { ...shown(node), "data-box": name }, 0];

const nodes = {
  doc: { content: "block+" },
  p: block("p", "inline*", { attrs: { ...KEPT, hollow: { default: false } } }),
  bare: { content: "inline*", group: "block", attrs: KEPT, toDOM: () => ["div", { "data-bare": "" }, 0] },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, heading(level)])),
  pre: block("pre", "inline*", { code: true, defining: true, whitespace: "pre", parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: read }] }),
  blockquote: block("blockquote", "block+", { defining: true }),
  passage: block("div", "block+", { defining: true, parseDOM: [{ tag: "div.passage", getAttrs: read, priority: 60 }], toDOM: box("passage") }),
  div: block("div", "block+"),
  center: block("center", "block+"),
  details: block("details", "summary? block*", { defining: true, toDOM: box("details") }),
  summary: inner("summary", WORDS, { toDOM: box("summary"), parseDOM: [{ tag: "summary, [data-box=summary]", getAttrs: read }] }),
  address: block("address", WORDS),
  figure: block("figure", "(figcaption | bare | block)+"),
  figcaption: inner("figcaption", WORDS),
  ul: block("ul", "li+"),
  ol: block("ol", "li+"),
  li: inner("li", WORDS, { defining: true }),
  dl: block("dl", "(dt | dd)+"),
  dt: inner("dt", WORDS, { defining: true }),
  dd: inner("dd", WORDS, { defining: true }),
  table: block("table", "(caption | colgroup | thead | tbody | tfoot)+", { isolating: true }),
  caption: inner("caption", WORDS, { isolating: true }),
  colgroup: inner("colgroup", "col*"),
  col: inner("col", "", { toDOM: (node) => ["col", shown(node)] }),
  ...Object.fromEntries(["thead", "tbody", "tfoot"].map((tag) => [tag, inner(tag, "tr+")])),
  tr: inner("tr", "(td | th)+"),
  td: cell("td"),
  th: cell("th"),
  hr: block("hr", undefined, { toDOM: (node) => ["hr", shown(node)] }),
  // What has no place above keeps its HTML as it is, and can be moved, taken away, or changed in the source.
  island: { group: "block", atom: true, attrs: { ...KEPT, source: {} }, toDOM: ({ attrs }) => island("div", attrs.source) },
  text: { group: "inline" },
  br: { inline: true, group: "inline", selectable: false, attrs: KEPT, parseDOM: [{ tag: "br", getAttrs: read }], toDOM: (node) => ["br", shown(node)] },
  img: { inline: true, group: "inline", draggable: true, attrs: KEPT, parseDOM: [{ tag: "img[src]", getAttrs: read }], toDOM: (node) => ["img", shown(node)] },
  islet: { inline: true, group: "inline", atom: true, attrs: { source: {} }, parseDOM: [{ tag: "ruby", getAttrs: (element) => ({ source: reading(element) }), priority: 60 }], toDOM: ({ attrs }) => island("span", attrs.source) },
};

const marks = {
  inline: {
    attrs: { tag: {}, html: { default: [] }, turn: { default: 0 } },
    excludes: "",
    parseDOM: [...INLINE].map((tag) => ({ tag, getAttrs: (element) => ({ tag, html: attributesOf(element) }) })),
    toDOM: (mark) => [mark.attrs.tag, shown(mark), 0],
  },
  // A line end in the source that reads as a space.
  wrap: { attrs: { as: {} }, inclusive: false, toDOM: () => ["span", { "data-wrap": "" }, 0] },
};

export const schema = new Schema({ nodes, marks });
