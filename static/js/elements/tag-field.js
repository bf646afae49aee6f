/** Chips and suggestions over a plain comma-separated field, which stays in the form and is what is sent. */
import { TagChips, COMMAS } from "./tag-chips.js";
import { Suggestions } from "./suggestions.js";

class TagField extends HTMLElement {
  connectedCallback() {
    this.plain = this.querySelector("input");
    if (!this.plain || this.input) return;
    this.build();
    this.chips.add(...this.plain.value.split(COMMAS));
    this.isReady = true; // from here on changes are the writer's: told to the page, and aloud
    this.input.addEventListener("input", (event) => this.read(event));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.take(this.input.value), 250)); // nothing that is pressed moves away
    this.plain.form?.addEventListener("submit", () => this.take(this.input.value), { capture: true });
    this.addEventListener("click", (event) => event.target.classList.contains("tag-field-box") && this.input.focus());
  }

  build() {
    const { id } = this.plain;
    this.input = this.plain.cloneNode();
    for (const name of ["name", "required", "maxlength", "value"]) this.input.removeAttribute(name);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.setAttribute("aria-label", document.querySelector(`label[for="${id}"]`)?.textContent.trim() ?? "");
    this.input.value = "";
    // The label now belongs to the visible field; the plain one keeps its name and carries the list.
    Object.assign(this.plain, { type: "hidden", id: `${id}_plain`, required: false });
    this.live = document.createElement("p");
    this.live.className = "landmark";
    this.live.setAttribute("role", "status");
    this.chips = new TagChips(this.dataset, { changed: (names) => this.keep(names), tell: (text) => this.tell(text), input: this.input });
    this.suggestions = new Suggestions(this.input, this.dataset.autocompleteUrl, {
      choose: (name) => this.take(name),
      tell: (count) => this.tell(count ? this.dataset.found?.replace("COUNT", count) : this.dataset.none),
      beside: () => ({ fandom: this.plain.form?.elements.namedItem(this.dataset.fandoms ?? "")?.value ?? "" }),
    });
    const box = document.createElement("div");
    box.className = "tag-field-box";
    box.append(this.chips.list, this.input);
    this.append(box, this.suggestions.list, this.live);
  }

  /** @param {InputEvent} event */
  read(event) {
    event.stopPropagation(); // what is typed is told on once it is kept
    if (!event.isComposing && COMMAS.test(this.input.value)) return this.take(this.input.value);
    this.suggestions.ask(this.input.value.trim(), this.chips.taken);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.suggestions.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault(); // one Enter too many must not send the form
      this.take(this.suggestions.chosen || this.input.value);
    } else if (event.key === "Escape") this.suggestions.close();
    else if (event.key === "Backspace" && !this.input.value) this.chips.removeLast();
  }

  take(text) {
    this.suggestions.close();
    this.input.value = "";
    this.chips.add(...text.split(COMMAS));
  }

  keep(names) {
    this.plain.value = names.join(", ");
    if (this.isReady) this.plain.dispatchEvent(new Event("input", { bubbles: true }));
  }

  tell(text) {
    if (this.isReady) this.live.textContent = text ?? "";
  }
}

customElements.define("tag-field", TagField);
