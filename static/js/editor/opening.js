/** Lays the editor over a plain field: asks the archive what the words in it will look like, and shows them with the tools. */
import { Editor } from "./editor.js";
import { Finding } from "./finding.js";
import { FullScreen } from "./full-screen.js";
import { Toolbar } from "./toolbar.js";
import { Views } from "./views.js";
import { countWords } from "./counting.js";

/** Milliseconds without a change before words are counted. */
const PAUSE = 400;

/** The words of a field as the archive cleans them. Throws, with a sentence where the archive has one, where it cannot say. */
export async function formatted({ dataset }, { value, form }) {
  if (!value.trim()) return "";
  const body = new FormData();
  const fields = { text: value, profile: dataset.profile, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
  for (const [name, one] of Object.entries(fields)) body.set(name, one);
  const answer = await fetch(dataset.url, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error(answer.status === 422 ? await answer.text() : "");
  return answer.text();
}

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

/** @param {HTMLElement} host @param {HTMLTextAreaElement} field */
export async function open(host, field) {
  const { bar, find, foot } = tools(host);
  const said = foot.querySelector(".editor-said");
  let html;
  try {
    html = await formatted(host, field);
  } catch (fault) {
    said.textContent = fault.message || said.dataset.failed;
    return void host.append(said);
  }
  const words = document.createElement("div");
  words.className = "editor-words";
  field.before(bar, find, words);
  host.append(foot);
  const changed = [];
  const editor = new Editor({ field, place: words, html, changed: (isNew) => changed.forEach((tell) => tell(isNew)) });
  const views = new Views({ host, field, editor, bar, find, foot, formatted });
  const finding = new Finding(find, editor, said.dataset.found);
  const full = new FullScreen(host, bar.querySelector("[data-deed=full]"));
  const toolbar = new Toolbar(bar, editor, { find: () => finding.open(), full: () => full.toggle() });
  editor.deeds = { find: () => finding.open(), full: () => full.toggle(), toolbar: () => toolbar.focus(), link: () => void toolbar.do("link") };
  const count = counting(editor, field, foot.querySelector("output"));
  changed.push(() => toolbar.update(), (isNew) => isNew && count());
  views.changed = count;
  views.begin();
  field.addEventListener("input", count);
  count();
  host.dataset.open = "";
}
