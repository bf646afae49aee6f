/** Two views of one text: as it will look, and as its HTML. The plain field is the second. */

export class Views {
  constructor(parts) {
    Object.assign(this, parts);
    this.said = this.foot.querySelector(".editor-said");
    this.buttons = [...this.foot.querySelectorAll("[data-view]")];
    this.label = document.querySelector(`label[for="${this.field.id}"]`);
    this.label.id ||= `${this.field.id}_label`;
    this.label.addEventListener("click", () => !this.isSource && this.editor.view.focus());
    this.sign = this.host.querySelector(".editor-markdown");
    this.foot.addEventListener("click", (event) => this.show(event.target.closest("[data-view]")?.dataset.view));
    this.field.addEventListener("restored", () => this.isSource || this.load());
  }

  /** Show the words formatted, but for a text in Markdown: what is typed there is the author's own until they say otherwise. */
  begin() {
    this.set(this.isMarkdown);
  }

  get isMarkdown() { return /^\s*<!--\s*markdown\s*-->/i.test(this.field.value); }

  /** What is ticked to be Markdown says so itself from then on, as it does where it is sent. */
  signIt() {
    const box = this.sign?.querySelector(":checked");
    if (box) box.checked = false;
    if (box && !this.isMarkdown) this.field.value = `<!-- markdown -->\n${this.field.value}`;
  }

  /** The label names whichever of the two is seen. */
  set(isSource) {
    this.isSource = isSource;
    for (const part of [this.bar, this.editor.view.dom.parentElement]) part.hidden = isSource;
    this.find.hidden ||= isSource;
    this.field.hidden = !isSource;
    this.name();
    if (this.sign) this.sign.hidden = !isSource || this.isMarkdown;
    if (isSource) this.label.htmlFor = this.field.id;
    else this.label.removeAttribute("for");
    for (const button of this.buttons) button.hidden = (button.dataset.view === "source") === isSource;
  }

  /** Tell those who listen what the words are, as the field tells it. */
  name() {
    const attributes = { role: "textbox", "aria-multiline": "true", class: "userstuff", dir: "auto" };
    for (const told of ["aria-describedby", "aria-invalid"]) if (this.field.hasAttribute(told)) attributes[told] = this.field.getAttribute(told);
    this.editor.view.setProps({ attributes: this.isSource ? attributes : { ...attributes, "aria-labelledby": this.label.id } });
  }

  async show(view) {
    if (!view || (view === "source") === this.isSource) return;
    this.said.textContent = "";
    if (view === "source") {
      this.editor.keep();
      this.set(true);
      this.was = this.field.value;
      return this.field.focus();
    }
    this.signIt();
    if (this.was !== this.field.value && !(await this.load())) return;
    if (this.isMarkdown) this.said.textContent = this.said.dataset.markdown;
    this.set(false);
    this.editor.view.focus();
  }

  /** Show what the field holds now. Where the archive cannot say how that looks, the field stays open with the reason. */
  async load() {
    try {
      this.editor.begin(await this.formatted(this.host, this.field));
      this.changed();
      return true;
    } catch (fault) {
      this.said.textContent = (!(fault instanceof TypeError) && fault.message) || this.said.dataset.failed;
      this.set(true);
      return false;
    }
  }
}
