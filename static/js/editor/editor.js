/** The editor over one field of words. The field stays what is sent: every change is written into it as HTML. */
import { EditorState, EditorView } from "../../vendor/prosemirror/prosemirror.js";
import { read } from "./reading.js";
import { write } from "./writing.js";
import { plugins } from "./plugins.js";

const PAUSE = 300; // milliseconds without a key before the field is written anew

export class Editor {
  /** @param {{field: HTMLTextAreaElement, place: Element, html: string, changed: () => void}} given */
  constructor({ field, place, html, changed }) {
    Object.assign(this, { field, changed, deeds: {} });
    this.begin(html);
    this.view = new EditorView(place, {
      state: this.state,
      dispatchTransaction: (transaction) => this.apply(transaction),
      handleDOMEvents: { blur: () => void this.keep() },
    });
    this.follow();
  }

  /** Take up what the field holds; `html` is what becomes of it. Until the first change the field keeps what was typed. */
  begin(html) {
    this.source = this.field.value;
    this.loaded = read(html);
    this.state = EditorState.create({ doc: this.loaded, plugins: plugins(this) });
    this.isDue = false;
    this.view?.updateState(this.state);
  }

  follow() {
    const { form } = this.field;
    form?.addEventListener("submit", () => this.keep(), { capture: true });
    form?.addEventListener("formdata", ({ formData }) => {
      this.keep();
      if (!this.field.disabled) formData.set(this.field.name, this.field.value);
    });
    addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => this.keep());
  }

  apply(transaction) {
    this.state = this.state.apply(transaction);
    this.view.updateState(this.state);
    if (transaction.docChanged) {
      this.isDue = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), PAUSE);
    }
    this.changed(transaction.docChanged);
  }

  /** Write into the field what is due, and say so as if it had been typed there. */
  keep() {
    if (!this.isDue) return;
    this.isDue = false;
    clearTimeout(this.timer);
    this.field.value = this.html();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The document as HTML; as it was typed where nothing has changed, and nothing for nothing. */
  html() {
    const { doc } = this.state;
    if (doc.eq(this.loaded)) return this.source;
    const isNothing = doc.childCount === 1 && doc.firstChild.isTextblock && !doc.firstChild.childCount;
    return isNothing ? "" : write(doc);
  }

  /** Something that the page round the editor does, such as finding. */
  do(name) {
    this.deeds[name]?.();
    return true;
  }

  run(command) {
    command(this.state, (transaction) => this.view.dispatch(transaction), this.view);
    this.view.focus();
  }
}
