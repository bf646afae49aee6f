/** Writes a document as HTML, in the very form in which the archive's cleaner writes it. */
import { FLOWS, VOID } from "./elements.js";

const TEXT = 3;
const ESCAPED = { "&": "&amp;", "\u00a0": "&nbsp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => text.replace(/[&\u00a0<>]/g, (one) => ESCAPED[one]);
const escapeValue = (text) => text.replace(/[&\u00a0<>"]/g, (one) => ESCAPED[one]);
const start = (tag, html) => `<${tag}${html.map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join("")}>`;

/** The whole document. With `parted`, each block of the text stands on a line of its own, which the cleaner does not see. */
export function write(doc, parted = "\n") {
  return flow(doc, parted).join(parted);
}

/** One block with what is in it, all white space as it was read. */
export function htmlOf(node) {
  return node.attrs.before + whole(node, children(node).join(""));
}

/** An element of the page, as the cleaner would write it. */
export function written(node) {
  if (node.nodeType === TEXT) return escape(node.data);
  const { localName: tag } = node;
  const begin = start(tag, Array.from(node.attributes, ({ name, value }) => [name, value]));
  return VOID.has(tag) ? begin : `${begin}${Array.from(node.childNodes, written).join("")}</${tag}>`;
}

const tagOf = (node) => (node.type.name === "passage" ? "div" : node.type.name);

function flow(node, parted) {
  return node.children.map((child) => {
    if (child.type.name === "bare") return child.childCount ? `<p>${line(child)}</p>` : "";
    if (!FLOWS.has(tagOf(child))) return htmlOf(child).slice(child.attrs.before.length);
    return whole(child, [parted, flow(child, parted).join(parted), parted].join(""));
  });
}

function whole(node, inside) {
  if (node.type.name === "island") return node.attrs.source;
  const tag = tagOf(node);
  const begin = start(tag, node.attrs.html);
  if (VOID.has(tag)) return begin;
  if (tag === "p" && !node.childCount && !node.attrs.hollow) return `${begin}&nbsp;</p>`;
  return `${begin}${inside}${node.attrs.end}</${tag}>`;
}

function children(node) {
  if (node.inlineContent) return [line(node)];
  return node.children.map((child, index) => {
    if (child.type.name !== "bare") return htmlOf(child);
    const isBehindWords = index > 0 && node.child(index - 1).type.name === "bare"; // two bare lines would run together
    return isBehindWords ? `<p>${line(child)}</p>` : line(child);
  });
}

function line(block) {
  const pieces = [];
  const open = [];
  const close = (depth) => { while (open.length > depth) pieces.push(`</${open.pop().attrs.tag}>`); };
  for (const node of block.children) {
    const marks = node.marks.filter((mark) => mark.type.name === "inline");
    const same = marks.findIndex((mark, index) => !open[index]?.eq(mark));
    close(same < 0 ? marks.length : same);
    for (const mark of marks.slice(open.length)) {
      pieces.push(start(mark.attrs.tag, mark.attrs.html));
      open.push(mark);
    }
    pieces.push(leaf(node));
  }
  close(0);
  return pieces.join("");
}

function leaf(node) {
  if (!node.isText) return node.attrs.source ?? start(node.type.name, node.attrs.html);
  const wrap = node.marks.find((mark) => mark.type.name === "wrap");
  return wrap && node.text === " " ? wrap.attrs.as : escape(node.text);
}
