/** Finds words in the text, and puts others in their place. */
import {
  SearchQuery, findNext, findPrev, replaceAll, replaceNext, setSearchState,
} from "../../vendor/prosemirror/prosemirror.js";

const DEEDS = { next: findNext, previous: findPrev, one: replaceNext, all: replaceAll };

export class Finding {
  /** @param {Element} bar @param {import("./editor.js").Editor} editor @param {string} found a sentence with NUMBER in it */
  constructor(bar, editor, found) {
    Object.assign(this, { bar, editor, found });
    this.part = (name) => bar.querySelector(`[data-find="${name}"]`);
    bar.addEventListener("input", (event) => {
      event.stopPropagation(); // nothing of the form has changed
      this.ask();
    });
    bar.addEventListener("click", (event) => this.press(event.target.closest("button")?.dataset.find));
    bar.addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    const { state } = this.editor;
    const chosen = state.doc.textBetween(state.selection.from, state.selection.to, " ");
    this.bar.hidden = false;
    if (chosen && chosen.length < 100) this.part("search").value = chosen;
    this.part("search").select();
    this.part("search").focus();
    this.ask();
    return true;
  }

  close() {
    this.bar.hidden = true;
    this.set(new SearchQuery({ search: "" }));
    this.editor.view.focus();
  }

  set(query) {
    this.query = query;
    this.editor.view.dispatch(setSearchState(this.editor.state.tr, query));
  }

  ask() {
    this.set(new SearchQuery({
      search: this.part("search").value, replace: this.part("replace").value, caseSensitive: this.part("case").checked, literal: true,
    }));
    this.tell();
  }

  tell() {
    let number = 0;
    for (let one = this.next(0); one; one = this.next(one.to)) number += 1;
    this.bar.querySelector(".editor-found").textContent = this.query.valid ? this.found.replace("NUMBER", number.toLocaleString()) : "";
  }

  next(from) {
    return this.query.valid ? this.query.findNext(this.editor.state, from) : null;
  }

  press(name) {
    if (name === "close") this.close();
    const deed = DEEDS[name];
    if (!deed || !this.query.valid) return;
    deed(this.editor.state, (transaction) => this.editor.view.dispatch(transaction.scrollIntoView()));
    if (name === "one" || name === "all") this.tell();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Enter" || event.target.localName !== "input") return;
    event.preventDefault(); // it must not send the form
    this.press(event.shiftKey ? "previous" : "next");
  }
}
