/** The parts of ProseMirror that make a document one that can be written in. */
import { baseKeymap, dropCursor, gapCursor, history, keymap, search } from "../../vendor/prosemirror/prosemirror.js";
import { leaving } from "./links.js";
import { keys } from "./keys.js";
import { typing } from "./typing.js";
import { pasting } from "./pasting.js";

/** Escape leaves the full screen, and chooses nothing. */
const { Escape: _chooses, ...base } = baseKeymap;

export function plugins(editor) {
  return [typing(), leaving(), keymap(keys(editor)), keymap(base), history(), dropCursor({ width: 2 }), gapCursor(), search(), pasting(editor)];
}
