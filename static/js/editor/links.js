/** Marks of which a place has one at most: a link, the language of some words. */
import { Plugin } from "../../vendor/prosemirror/prosemirror.js";
import { schema } from "./schema.js";

const carries = (one, tag, name) => one.type.name === "inline" && one.attrs.tag === tag && (!name || one.attrs.html.some(([key]) => key === name));

/** The mark of this element (one with this attribute, if it is named) where the selection begins. */
export function markAt({ selection, doc }, tag, name) {
  const near = selection.empty ? selection.$from.marks() : (doc.resolve(selection.from).nodeAfter?.marks ?? []);
  return near.find((one) => carries(one, tag, name)) ?? null;
}

/** Put this mark on what is chosen, in place of others of its element; nothing takes them away. At a caret, all of the old one. */
export const mark = (tag, made, name) => (state, dispatch) => {
  const { tr, selection } = state;
  let { from, to } = selection;
  const old = selection.empty && markAt(state, tag, name);
  if (old) {
    selection.$from.parent.forEach((node, offset) => {
      const start = selection.$from.start() + offset;
      if (old.isInSet(node.marks) && start <= to && start + node.nodeSize >= from) [from, to] = [Math.min(from, start), Math.max(to, start + node.nodeSize)];
    });
  }
  state.doc.nodesBetween(from, to, (node, pos) => {
    const [begin, end] = [Math.max(pos, from), Math.min(pos + node.nodeSize, to)];
    if (node.isInline) node.marks.filter((one) => carries(one, tag, name)).forEach((one) => tr.removeMark(begin, end, one));
  });
  if (made) tr.addMark(from, to, made);
  dispatch?.(tr);
  return true;
};

/** What is typed behind a link or a reading is not part of it. */
const ENDING = new Set(["a", "rp", "rt", "ruby"]);

export const leaving = () => new Plugin({
  props: {
    handleTextInput(view, from, to, text) {
      const { state } = view;
      const $from = state.doc.resolve(from);
      const marks = state.storedMarks ?? $from.marks();
      const next = $from.nodeAfter?.marks ?? [];
      const kept = marks.filter((one) => !ENDING.has(one.attrs.tag) || one.isInSet(next));
      if (from !== to || kept.length === marks.length) return false;
      view.dispatch(state.tr.replaceWith(from, to, schema.text(text, kept)).scrollIntoView());
      return true;
    },
  },
});
