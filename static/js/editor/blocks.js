/** What can be done to whole lines and blocks. Each answers whether it can be done, and does it where there is a dispatch. */
import { TextSelection, lift, setBlockType, wrapIn } from "../../vendor/prosemirror/prosemirror.js";
import { valueOf, withValue } from "./elements.js";
import { schema } from "./schema.js";

/** The lines that the selection touches, with their places. */
function lines({ doc, selection }) {
  const found = [];
  for (const { $from, $to } of selection.ranges) {
    doc.nodesBetween($from.pos, $to.pos, (node, pos) => { if (node.isTextblock) found.push([node, pos]); });
  }
  return found;
}

export const hasValue = (state, name, value) => {
  const found = lines(state);
  return found.length > 0 && found.every(([node]) => valueOf(node.attrs.html, name) === value);
};

/** Give every line that is chosen this attribute; a second time, or with no value, take it away. */
export const setValue = (name, value) => (state, dispatch) => {
  const given = hasValue(state, name, value) ? null : value;
  const { tr } = state;
  for (const [node, pos] of lines(state)) {
    const type = node.type === schema.nodes.bare ? schema.nodes.p : node.type;
    tr.setNodeMarkup(pos, type, { ...node.attrs, html: withValue(node.attrs.html, name, given) });
  }
  dispatch?.(tr.scrollIntoView());
  return tr.docChanged || !dispatch;
};

export const isIn = ({ selection: { $from } }, name) => {
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return depth;
  return 0;
};

/** Put what is chosen into a block of this kind, or lift it out of the one that it is in. */
export const wrap = (name, attrs = null) => (state, dispatch, view) =>
  isIn(state, name) ? lift(state, dispatch, view) : wrapIn(schema.nodes[name], attrs)(state, dispatch, view);

export const turnInto = (name) => setBlockType(schema.nodes[name], null);

/** Put a block in: in place of an empty line, or behind the one that is being written. One writes on behind it, or in it. */
export const insert = (block, { isWithin = false } = {}) => (state, dispatch) => {
  const { $to } = state.selection;
  const depth = Math.min(...[1, $to.depth].filter(Boolean));
  const { tr } = state;
  const isEmpty = $to.parent.isTextblock && !$to.parent.childCount && $to.depth === 1;
  const place = isEmpty ? $to.before() : $to.depth ? $to.after(depth) : $to.pos;
  tr.replaceWith(place, isEmpty ? $to.after() : place, block);
  const behind = place + block.nodeSize;
  if (behind >= tr.doc.content.size) tr.insert(behind, schema.nodes.p.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(isWithin ? place + 1 : behind + 1)));
  dispatch?.(tr.scrollIntoView());
  return true;
};
