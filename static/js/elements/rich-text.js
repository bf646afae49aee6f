/** Wraps a field of words and lays the editor over it: at once over a chapter, over short fields when asked. */
import { formatted } from "../editor/formatted.js";

class RichText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.tools = document.querySelector("#editor-tools");
    if (!this.field || !this.tools || this.isMade) return;
    this.isMade = true;
    if (this.dataset.profile === "chapter") this.open();
    else this.offer();
  }

  offer() {
    const button = this.tools.content.querySelector(".editor-offer").cloneNode(true);
    button.addEventListener("click", async () => {
      button.remove();
      this.field.focus();
      await this.open();
    });
    this.append(button);
  }

  /** Whatever goes wrong, the plain field is there and stays in use. */
  async open() {
    const asked = { value: this.field.value, html: formatted(this, this.field) };
    asked.html.catch(() => {}); // told where it is awaited
    const { open } = await import("../editor/opening.js");
    await open(this, this.field, asked);
  }
}

customElements.define("rich-text", RichText);
