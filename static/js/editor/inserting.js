/** Tools that ask something first: links, pictures, readings, tables, languages, passages. */
import { ask } from "./dialogs.js";
import { insert, isIn, wrap } from "./blocks.js";
import { valueOf } from "./elements.js";
import { markAt, mark } from "./links.js";
import { schema } from "./schema.js";
import { escape } from "./writing.js";

const { nodes } = schema;
const inline = (tag, html = []) => schema.marks.inline.create({ tag, html });
const RELATION = ["rel", "nofollow noopener"];
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:|\/|#)/i;
const complete = (address) => (SCHEME.test(address) ? address : ["https:", "", address].join("/"));
const chosen = ({ doc, selection }) => doc.textBetween(selection.from, selection.to, " ");

/** Put words in place of what is chosen. */
const put = (...pieces) => (state, dispatch) => {
  const { from, to } = state.selection;
  dispatch(state.tr.replaceWith(from, to, pieces).setStoredMarks([]).scrollIntoView());
};

export async function link(editor) {
  const old = markAt(editor.state, "a");
  const typed = await ask("link", { href: old ? valueOf(old.attrs.html, "href") : "" });
  if (!typed) return;
  const address = complete(typed.href.trim());
  const made = typed.answer === "give" ? inline("a", [["href", address], RELATION]) : null;
  if (made && !old && editor.state.selection.empty) editor.run(put(schema.text(address, [made])));
  else editor.run(mark("a", made));
}

export async function img(editor) {
  const typed = await ask("img");
  if (typed) editor.run(put(nodes.img.create({ html: [["src", typed.src], ["alt", typed.alt]] })));
}

export async function ruby(editor) {
  const typed = await ask("ruby", { base: chosen(editor.state) });
  if (!typed) return;
  const source = `<ruby>${escape(typed.base)}<rp>(</rp><rt>${escape(typed.reading)}</rt><rp>)</rp></ruby>`;
  editor.run(put(nodes.islet.create({ source })));
}

export async function lang(editor) {
  const old = markAt(editor.state, "span", "lang");
  const typed = await ask("lang", { lang: old ? valueOf(old.attrs.html, "lang") : "" });
  if (typed) editor.run(mark("span", typed.answer === "give" ? inline("span", [["lang", typed.lang]]) : null, "lang"));
}

export async function table(editor) {
  const typed = await ask("table");
  if (!typed) return;
  const row = (type) => nodes.tr.create(null, Array.from({ length: Number(typed.columns) }, () => type.createAndFill()));
  const rows = Array.from({ length: Number(typed.rows) }, (_, index) => row(typed.heads && !index ? nodes.th : nodes.td));
  editor.run(insert(nodes.table.create(null, nodes.tbody.create(null, rows)), { isWithin: true }));
}

const NOTE = ["warning", "note", "gist"];

export async function passage(editor) {
  const depth = isIn(editor.state, "passage");
  const old = depth ? editor.state.selection.$from.node(depth).attrs.html : [];
  const values = Object.fromEntries(NOTE.map((name) => [name, valueOf(old, `data-${name}`)]));
  const boxes = editor.field.form?.querySelectorAll('[name="tags_warning"], [name="warnings"]') ?? [];
  const typed = await ask("passage", values, { warning: [...new Set([...Array.from(boxes, (box) => box.value), values.warning])].filter(Boolean) });
  if (!typed) return;
  if (typed.answer === "take") return void (depth && editor.run(wrap("passage")));
  const html = [["class", "passage"], ...NOTE.filter((name) => typed[name]).map((name) => [`data-${name}`, typed[name]])];
  if (html.length < 2) return;
  if (!depth) return void editor.run(wrap("passage", { html }));
  const place = editor.state.selection.$from.before(depth);
  editor.run((state, dispatch) => dispatch(state.tr.setNodeMarkup(place, null, { ...state.doc.nodeAt(place).attrs, html })));
}
