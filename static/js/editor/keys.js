/** What keys do, beside those that every field knows. docs/writing-and-reading/editor.md lists them. */
import {
  Selection, chainCommands, exitCode, liftListItem, redo, sinkListItem, splitListItem, undo, undoInputRule, wrapInList,
} from "../../vendor/prosemirror/prosemirror.js";
import { insert, isIn, setValue, turnInto, wrap } from "./blocks.js";
import { isSceneBreak } from "./breaks.js";
import { toggle } from "./marking.js";
import { schema } from "./schema.js";

const { nodes } = schema;

/** A line on which a scene break was drawn becomes one. */
function drawBreak(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.p || $from.depth !== 1 || !isSceneBreak($from.parent.textContent)) return false;
  const { tr } = state;
  tr.replaceWith($from.before(), $from.after(), [nodes.hr.create(), nodes.p.create()]);
  tr.setSelection(Selection.near(tr.doc.resolve($from.before() + 2)));
  dispatch?.(tr.scrollIntoView());
  return true;
}

function breakLine(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.br.create()).scrollIntoView());
  return true;
}

const splitItem = chainCommands(splitListItem(nodes.li), splitListItem(nodes.dd), splitListItem(nodes.dt));

/** Make a list of what is chosen, or take it out of the list of this kind that it is in. */
export const list = (name) => (state, dispatch, view) =>
  isIn(state, name) ? liftListItem(nodes.li)(state, dispatch, view) : wrapInList(nodes[name])(state, dispatch, view);

/** @param {import("./editor.js").Editor} editor */
export function keys(editor) {
  const headings = [1, 2, 3, 4, 5, 6].map((level) => [`Mod-Alt-${level}`, turnInto(`h${level}`)]);
  return {
    "Mod-b": toggle("strong"),
    "Mod-i": toggle("em"),
    "Mod-u": toggle("u"),
    "Mod-Shift-x": toggle("s"),
    "Mod-.": toggle("sup"),
    "Mod-,": toggle("sub"),
    "Mod-e": toggle("code"),
    "Mod-Alt-0": turnInto("p"),
    ...Object.fromEntries(headings),
    "Mod-Shift-7": list("ol"),
    "Mod-Shift-8": list("ul"),
    "Mod-Shift-9": wrap("blockquote"),
    "Mod-]": sinkListItem(nodes.li),
    "Mod-[": liftListItem(nodes.li),
    "Mod-Shift-e": setValue("align", "center"),
    "Mod-Shift-h": insert(nodes.hr.create()),
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    Backspace: undoInputRule,
    Enter: chainCommands(drawBreak, splitItem),
    "Shift-Enter": chainCommands(exitCode, breakLine),
    "Mod-Enter": chainCommands(exitCode, breakLine),
    "Mod-k": () => editor.do("link"),
    "Mod-f": () => editor.do("find"),
    "Mod-Shift-f": () => editor.do("full"),
    "Alt-F10": () => editor.do("toolbar"),
  };
}
