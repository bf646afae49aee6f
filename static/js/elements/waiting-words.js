/** Brings writing that waits in this browser to the archive as soon as its author is back, and then shows the way to it. */
import { shelf } from "./browser-shelf.js";
import { send } from "./unsent-writing.js";

class WaitingWords extends HTMLElement {
  async connectedCallback() {
    const token = { value: this.dataset.token };
    for (const entry of await shelf.of(this.dataset.author).catch(() => [])) {
      if (entry.key === document.querySelector("form.posting [name=key]")?.value) continue; // its form is open here
      const { what, isUnsent } = await send(entry, this.dataset, token);
      if (what !== "kept") continue;
      await shelf.drop(entry.key, entry.stamp).catch(() => {});
      if (isUnsent) this.tell();
    }
  }

  /** Once, however much there was. */
  tell() {
    const told = this.querySelector("template");
    told?.replaceWith(told.content);
  }
}

customElements.define("waiting-words", WaitingWords);
