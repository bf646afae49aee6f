/** What can be done to words that are chosen. Each answers whether it can be done, and does it where there is a dispatch. */
import { schema } from "./schema.js";

/** Elements that readers cannot tell apart: one toggle takes them all away. */
const ALIKE = { em: ["em", "i"], strong: ["strong", "b"], s: ["s", "strike", "del"], u: ["u", "ins"], code: ["code", "tt", "kbd", "samp"] };
const alike = (tag) => ALIKE[tag] ?? [tag];
const tagged = (marks, tag) => marks.filter((mark) => mark.type.name === "inline" && alike(tag).includes(mark.attrs.tag));

/** Each piece within lines that the selection covers: its node, from where, to where. */
function pieces({ doc, selection }) {
  const found = [];
  for (const { $from, $to } of selection.ranges) {
    doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (node.isInline) found.push([node, Math.max(pos, $from.pos), Math.min(pos + node.nodeSize, $to.pos)]);
    });
  }
  return found;
}

export function isOn(state, tag) {
  if (state.selection.empty) return tagged(state.storedMarks ?? state.selection.$from.marks(), tag).length > 0;
  const found = pieces(state);
  return found.length > 0 && found.every(([node]) => tagged(node.marks, tag).length > 0);
}

/** Put an element round what is chosen, or take it away where all of it has it. */
export const toggle = (tag, html = []) => (state, dispatch) => {
  const { selection, tr } = state;
  if (selection.empty && !selection.$from.parent.inlineContent) return false;
  const mark = schema.marks.inline.create({ tag, html });
  if (selection.empty) {
    const marks = state.storedMarks ?? selection.$from.marks();
    const others = marks.filter((one) => !tagged([one], tag).length);
    dispatch?.(tr.setStoredMarks(others.length < marks.length ? others : [...marks, mark]));
    return true;
  }
  const takesAway = isOn(state, tag);
  for (const [node, from, to] of pieces(state)) {
    const has = tagged(node.marks, tag);
    if (takesAway) has.forEach((one) => tr.removeMark(from, to, one));
    else if (!has.length) tr.addMark(from, to, mark);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Take every element of the line away from what is chosen, but for links. */
export function clear(state, dispatch) {
  const { tr } = state;
  for (const [node, from, to] of pieces(state)) {
    node.marks.filter((mark) => mark.attrs.tag !== "a").forEach((mark) => tr.removeMark(from, to, mark));
  }
  dispatch?.(tr.setStoredMarks([]));
  return true;
}
