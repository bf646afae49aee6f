/** Reads clean HTML into a document, so that writing.js writes the same again. */
import { schema } from "./schema.js";
import { FLOWS, FRAMES, INLINE, LINES, MIXED, attributesOf } from "./elements.js";
import { Unfit, line } from "./reading-lines.js";
import { htmlOf, written } from "./writing.js";

const BLANK = /^[ \t\n]*$/;
const TEXT = 3;
/** @param {string} html @returns the document */
export function read(html) {
  const blocks = flow(new DOMParser().parseFromString(html, "text/html").body);
  return schema.nodes.doc.createChecked(null, blocks.length ? blocks : [schema.nodes.bare.create()]);
}

const isInline = (node) => node.nodeType === TEXT || INLINE.has(node.localName) || node.localName === "br" || node.localName === "img";
const isBlank = (nodes) => nodes.every((node) => node.nodeType === TEXT && BLANK.test(node.data));
const typeOf = (element) =>
  schema.nodes[element.localName === "div" && element.classList.contains("passage") ? "passage" : element.localName];

/** The children of a block in which white space between blocks means nothing. */
function flow(parent) {
  return Array.from(parent.childNodes).flatMap((child) => {
    if (child.nodeType !== TEXT) return [flowed(child)];
    return BLANK.test(child.data) ? [] : [schema.nodes.p.create(null, line([child]))];
  });
}

function flowed(element) {
  try {
    if (FLOWS.has(element.localName)) return typeOf(element).createChecked({ html: attributesOf(element) }, flow(element));
    const node = strict(element, "");
    node.check();
    const hasPlace = node.type.isInGroup("block") || (node.type.name === "summary" && element.parentElement.localName === "details");
    if (hasPlace && htmlOf(node) === written(element)) return node;
  } catch (fault) {
    if (!(fault instanceof Unfit || fault instanceof RangeError)) throw fault;
  }
  return schema.nodes.island.create({ source: written(element) });
}

/** An element with all that is in it, its white space kept. */
function strict(element, before) {
  const { localName: tag } = element;
  const attrs = { html: attributesOf(element), before };
  if (tag === "hr" || tag === "col") return schema.nodes[tag].create(attrs);
  if (LINES.has(tag)) return lineBlock(element, attrs);
  if (!MIXED.has(tag) && !FLOWS.has(tag) && !FRAMES.has(tag)) throw new Unfit(tag);
  const { blocks, end } = parts(element);
  if (!blocks.length && (MIXED.has(tag) || FLOWS.has(tag))) blocks.push(schema.nodes.bare.create());
  return typeOf(element).create({ ...attrs, end }, blocks);
}

function lineBlock(element, attrs) {
  if (element.localName === "p" && !element.hasChildNodes()) attrs.hollow = true;
  const isBlankLine = element.localName === "p" && element.textContent === "\u00a0" && element.firstChild.nodeType === TEXT;
  return schema.nodes[element.localName].create(attrs, isBlankLine ? null : line(element.childNodes));
}

/** The blocks in an element; words between them become bare lines, white space between them is kept with the next. */
function parts(element) {
  const blocks = [];
  let run = [];
  const settle = () => {
    const space = isBlank(run) ? run.map((node) => node.data).join("") : null;
    if (space === null) blocks.push(schema.nodes.bare.create(null, line(run)));
    run = [];
    return space ?? "";
  };
  for (const child of element.childNodes) {
    if (isInline(child)) run.push(child);
    else blocks.push(strict(child, settle()));
  }
  const end = settle();
  return { blocks, end };
}
