/** The bar of tools over the words: one stop of the Tab key, the arrows move within. */
import { deeds, styles } from "./deeds.js";

export class Toolbar {
  /** @param {Element} bar @param {import("./editor.js").Editor} editor @param {Record<string, Function>} views what the host itself does */
  constructor(bar, editor, views) {
    Object.assign(this, { bar, editor, views });
    this.tools = [...bar.querySelectorAll("[data-deed]")];
    this.style = bar.querySelector("select");
    this.stop(this.tools[0]);
    bar.addEventListener("click", (event) => this.press(event.target.closest("[data-deed]")));
    bar.addEventListener("keydown", (event) => this.move(event));
    bar.addEventListener("mousedown", (event) => event.target.closest("[data-deed]") && event.preventDefault()); // the words keep the focus
    this.style?.addEventListener("change", () => editor.run(styles[this.style.value]));
    this.update();
  }

  get shown() {
    return this.tools.filter((tool) => tool.checkVisibility());
  }

  stop(tool) {
    for (const one of this.tools) one.tabIndex = one === tool ? 0 : -1;
  }

  focus() {
    this.tools.find((tool) => tool.tabIndex === 0)?.focus();
    return true;
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    if (!event.target.closest("[role=toolbar]")) return;
    if (event.key === "Escape") return this.editor.view.focus();
    const { shown } = this;
    const isForward = (event.key === "ArrowRight") === (getComputedStyle(this.bar).direction === "ltr");
    const here = shown.indexOf(event.target.closest("[data-deed]"));
    const places = { ArrowRight: here + (isForward ? 1 : -1), ArrowLeft: here + (isForward ? 1 : -1), Home: 0, End: -1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    const next = shown.at(places[event.key] % shown.length);
    this.stop(next);
    next.focus();
  }

  async press(tool) {
    if (!tool || tool.getAttribute("aria-disabled") === "true") return;
    this.stop(tool);
    const name = tool.dataset.deed;
    if (name === "more") return this.unfold(tool);
    if (this.views[name]) return this.views[name]();
    await this.do(name);
  }

  async do(name) {
    const { command, ask } = deeds[name];
    if (!ask) return this.editor.run(command);
    await ask(this.editor);
    this.editor.view.focus();
  }

  unfold(tool) {
    const more = this.bar.querySelector(".editor-more");
    more.hidden = !more.hidden;
    tool.setAttribute("aria-pressed", String(!more.hidden));
  }

  update() {
    const { state } = this.editor;
    for (const tool of this.tools) {
      const deed = deeds[tool.dataset.deed];
      if (deed?.isOn) tool.setAttribute("aria-pressed", String(deed.isOn(state)));
      if (deed?.can) tool.setAttribute("aria-disabled", String(!deed.can(state)));
    }
    if (this.style) this.style.value = state.selection.$from.parent.type.name in styles ? state.selection.$from.parent.type.name : "p";
  }
}
