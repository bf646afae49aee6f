/** Reads words with the elements round them; each element becomes a mark, in the order in which they are nested. */
import { schema } from "./schema.js";
import { INLINE, VOID, attributesOf } from "./elements.js";
import { written } from "./writing.js";

const NEW_LINE = /([ \t]*\n[ \t\n]*)/;
const TEXT = 3;
/** Why an element has to stay an island. */
export class Unfit extends Error {}

/** What is in a block of words, element by element. */
export function line(nodes, marks = [], into = []) {
  let last = null;
  for (const node of nodes) {
    const mark = node.nodeType === TEXT || VOID.has(node.localName) ? null : within(node, marks, last);
    if (node.nodeType === TEXT) into.push(...words(node, marks));
    else if (mark && node.hasChildNodes() && node.localName !== "ruby") line(node.childNodes, [...marks, mark], into);
    else if (mark) into.push(schema.nodes.islet.create({ source: written(node) }, null, marks));
    else into.push(schema.nodes[node.localName].create({ html: attributesOf(node) }, null, marks));
    last = mark;
  }
  return into;
}

/** The mark for an element, another than those round it and the one that ends where it begins. */
function within(element, marks, last) {
  if (!INLINE.has(element.localName)) throw new Unfit(element.localName);
  for (let turn = 0; ; turn += 1) {
    const mark = schema.marks.inline.create({ tag: element.localName, html: attributesOf(element), turn });
    if (!mark.isInSet(marks) && !(last && mark.eq(last))) return mark;
  }
}

function words({ data, parentElement }, marks) {
  if (!data.includes("\n") || parentElement.closest("pre")) return data ? [schema.text(data, marks)] : [];
  return data.split(NEW_LINE).filter(Boolean).map((piece) =>
    piece.includes("\n") ? schema.text(" ", [...marks, schema.marks.wrap.create({ as: piece })]) : schema.text(piece, marks));
}
