/** What each tool of the bar does, and how it knows whether it is on. */
import { redo, redoDepth, undo, undoDepth } from "../../vendor/prosemirror/prosemirror.js";
import { hasValue, insert, isIn, setValue, turnInto, wrap } from "./blocks.js";
import * as inserting from "./inserting.js";
import { list } from "./keys.js";
import { markAt } from "./links.js";
import { clear, isOn, toggle } from "./marking.js";
import { schema } from "./schema.js";

const { nodes } = schema;
const marked = (tag) => ({ command: toggle(tag), isOn: (state) => isOn(state, tag) });
const aligned = (align) => ({ command: setValue("align", align), isOn: (state) => hasValue(state, "align", align) });
const within = (name, command) => ({ command, isOn: (state) => isIn(state, name) > 0 });
const asking = (name, isNow) => ({ ask: inserting[name], isOn: isNow });

/** A part that unfolds, round what is chosen, with a line to unfold it by. */
const details = (state, dispatch, view) => {
  if (isIn(state, "details")) return wrap("details")(state, dispatch, view);
  return wrap("details")(state, dispatch && ((tr) => {
    const place = tr.selection.$from.start(isIn({ selection: tr.selection }, "details"));
    dispatch(tr.insert(place, nodes.summary.create(null, nodes.bare.create(null, schema.text("…")))));
  }), view);
};

/** @type {Record<string, {command?: Function, ask?: Function, isOn?: Function, can?: Function}>} */
export const deeds = {
  ...Object.fromEntries(["strong", "em", "u", "s", "sup", "sub", "code"].map((tag) => [tag, marked(tag)])),
  ...Object.fromEntries(["left", "center", "right", "justify"].map((align) => [align, aligned(align)])),
  rtl: { command: setValue("dir", "rtl"), isOn: (state) => hasValue(state, "dir", "rtl") },
  hr: { command: insert(nodes.hr.create()) },
  blockquote: within("blockquote", wrap("blockquote")),
  ul: within("ul", list("ul")),
  ol: within("ol", list("ol")),
  details: within("details", details),
  link: asking("link", (state) => markAt(state, "a") !== null),
  img: asking("img"),
  ruby: asking("ruby"),
  table: asking("table"),
  lang: asking("lang"),
  passage: asking("passage", (state) => isIn(state, "passage") > 0),
  clear: { command: clear },
  undo: { command: undo, can: (state) => undoDepth(state) > 0 },
  redo: { command: redo, can: (state) => redoDepth(state) > 0 },
};

export const styles = Object.fromEntries(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"].map((name) => [name, turnInto(name)]));
