/** The parts of ProseMirror that make a document one that can be written in. */
import { baseKeymap, dropCursor, gapCursor, history, keymap, search } from "../../vendor/prosemirror/prosemirror.js";
import { keys } from "./keys.js";
import { typing } from "./typing.js";
import { pasting } from "./pasting.js";

export function plugins(editor) {
  return [typing(), keymap(keys(editor)), keymap(baseKeymap), history(), dropCursor({ width: 2 }), gapCursor(), search(), pasting(editor)];
}
