/** Lays the editor over a plain field: asks the archive what the words in it will look like, and shows them with the tools. */
import { Selection } from "../../vendor/prosemirror/prosemirror.js";
import { Editor } from "./editor.js";
import { Finding } from "./finding.js";
import { FullScreen } from "./full-screen.js";
import { Toolbar } from "./toolbar.js";
import { Views } from "./views.js";
import { formatted } from "./formatted.js";
import { countWords } from "./counting.js";

/** Milliseconds without a change before words are counted. */
const PAUSE = 400;
const LONG = 100_000; // characters of HTML

/** The tools, as the page brings them along; short fields get those that they have a use for. */
export function tools(host) {
  const made = document.createElement("div");
  made.append(document.querySelector("#editor-tools").content.cloneNode(true));
  if (host.dataset.profile !== "chapter") made.querySelectorAll("[data-part=whole]").forEach((tool) => tool.remove());
  return { bar: made.querySelector(".editor-bar"), find: made.querySelector(".editor-find"), foot: made.querySelector(".editor-foot") };
}

/** Counts the words soon after a change, in whichever view it was made. */
function counting(editor, field, output) {
  let timer = 0;
  const count = () => { output.textContent = countWords(field.hidden ? editor.html() : field.value).toLocaleString(document.documentElement.lang); };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(count, PAUSE);
  };
}

/** Go on where somebody is typing already: behind all, if that is where they are in the field. */
function goOn(editor, field) {
  const { state } = editor;
  if (field.selectionEnd === field.value.length) editor.apply(state.tr.setSelection(Selection.atEnd(state.doc)));
  editor.view.focus();
}

/**
 * @param {HTMLElement} host
 * @param {HTMLTextAreaElement} field
 * @param {{value: string, html: Promise<string>}} asked what the field held when it was asked about; another is asked about anew
 */
export async function open(host, field, asked) {
  const { bar, find, foot } = tools(host);
  const said = foot.querySelector(".editor-said");
  const changed = [];
  const words = document.createElement("div");
  words.className = "editor-words";
  let editor;
  try {
    let html = await asked.html;
    if (field.value !== asked.value) html = await formatted(host, field);
    host.toggleAttribute("data-long", html.length > LONG);
    editor = new Editor({ field, place: words, html, changed: (isNew) => changed.forEach((tell) => tell(isNew)) });
  } catch (fault) {
    said.textContent = (!(fault instanceof TypeError) && fault.message) || said.dataset.failed;
    return void host.append(said);
  }
  field.before(bar, find, words);
  host.append(foot);
  const views = new Views({ host, field, editor, bar, find, foot, formatted });
  const finding = new Finding(find, editor, said.dataset.found);
  const full = new FullScreen(host, bar.querySelector("[data-deed=full]"));
  const toolbar = new Toolbar(bar, editor, { find: () => finding.open(), full: () => full.toggle() });
  editor.deeds = { find: () => finding.open(), full: () => full.toggle(), toolbar: () => toolbar.focus(), link: () => void toolbar.do("link") };
  const count = counting(editor, field, foot.querySelector("output"));
  changed.push(() => toolbar.update(), (isNew) => isNew && count());
  // At once, for auto-save, and not only in a pause: the field itself is written when its form is read.
  changed.push((isNew) => isNew && field.dispatchEvent(new CustomEvent("typed", { bubbles: true })));
  views.changed = count;
  const isTypedIn = document.activeElement === field;
  views.begin();
  if (isTypedIn && !views.isSource) goOn(editor, field);
  field.addEventListener("input", count);
  count();
  host.dataset.open = "";
}
