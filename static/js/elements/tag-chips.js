/** The tags of a tag field, each with a button that takes it away. */

/** The comma of every script that people type tags in: Latin, full-width, ideographic, Arabic. */
export const COMMAS = /[,，、،]/u;

export class TagChips {
  /**
   * @param {DOMStringMap} words the sentences of the page's language
   * @param {{changed: (names: string[]) => void, tell: (text: string) => void, input: HTMLInputElement}} field
   */
  constructor(words, field) {
    Object.assign(this, { words, field, names: [] });
    this.list = document.createElement("ul");
  }

  /** What is there already, however it is written. */
  get taken() {
    return new Set(this.names.map((name) => name.toLowerCase()));
  }

  /** @param {...string} texts */
  add(...texts) {
    const before = this.names.length;
    for (const text of texts) {
      const name = text.trim().replace(/\s+/gu, " ");
      if (!name || this.taken.has(name.toLowerCase())) continue;
      this.names.push(name);
      this.list.append(this.draw(name));
    }
    if (this.names.length > before) this.say(this.words.added, this.names.slice(before).join(", "));
  }

  removeLast() {
    const chip = this.list.lastElementChild;
    if (chip) this.remove(chip, this.names.at(-1));
  }

  /** @param {Element} chip @param {string} name */
  remove(chip, name) {
    this.names = this.names.filter((kept) => kept !== name);
    chip.remove();
    this.say(this.words.removed, name);
    this.field.input.focus();
  }

  draw(name) {
    const chip = document.createElement("li");
    const label = document.createElement("span");
    const button = document.createElement("button");
    chip.className = "chip";
    label.textContent = name;
    label.dir = "auto";
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", this.words.remove?.replace("NAME", () => name) ?? name);
    button.addEventListener("click", () => this.remove(chip, name));
    chip.append(label, button);
    return chip;
  }

  say(sentence, name) {
    this.field.changed(this.names);
    this.field.tell(sentence?.replace("NAME", () => name));
  }
}
