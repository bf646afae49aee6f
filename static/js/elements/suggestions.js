/** The list of suggestions under a tag field: fetched a moment after typing, walked through with the arrow keys. */
const A_MOMENT = 180;

export class Suggestions {
  /**
   * @param {HTMLInputElement} input the combobox
   * @param {string} url answers `?term=` with `[{"id": "...", "name": "..."}]`
   * @param {{choose: (name: string) => void, tell: (count: number) => void, beside: () => object}} told `beside` is asked along
   */
  constructor(input, url, told) {
    Object.assign(this, { input, url, told, options: [], at: -1 });
    this.list = document.createElement("div");
    this.list.className = "tag-field-list";
    this.list.id = `${input.id}_list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.getAttribute("aria-label") || "");
    this.list.hidden = true;
    input.setAttribute("aria-controls", this.list.id);
    this.list.addEventListener("pointerdown", (event) => this.choosePressed(event));
  }

  get chosen() {
    return this.options[this.at]?.textContent ?? "";
  }

  /** @param {string} term @param {Set<string>} taken names that the field has */
  ask(term, taken) {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!term || !this.url) return this.close();
    this.timer = setTimeout(() => this.fetch(term, taken), A_MOMENT);
  }

  async fetch(term, taken) {
    this.asking = new AbortController();
    const answer = await fetch(`${this.url}?${new URLSearchParams({ term, ...this.told.beside() })}`, this.asking).catch(() => null);
    if (!answer?.ok) return;
    const names = (await answer.json().catch(() => [])).map((tag) => tag.name);
    this.show(names.filter((name) => !taken.has(name.toLowerCase())));
  }

  show(names) {
    this.at = -1;
    this.options = names.map((name, place) => {
      const attributes = { className: "option", id: `${this.list.id}_${place}`, textContent: name, role: "option", ariaSelected: "false" };
      return Object.assign(document.createElement("div"), attributes);
    });
    this.list.replaceChildren(...this.options);
    this.open(names.length > 0);
    this.told.tell(names.length);
  }

  /** @param {number} step 1 down, -1 up; round at the ends, with the typed text as one of the stops */
  move(step) {
    if (this.list.hidden) return;
    const stops = this.options.length + 1;
    this.at = ((this.at + 1 + step + stops) % stops) - 1;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    this.options[this.at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.options[this.at]?.id ?? "");
  }

  choosePressed(event) {
    event.preventDefault(); // the field keeps the focus
    if (event.target.role === "option") this.told.choose(event.target.textContent);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.at = -1;
    this.open(false);
  }
}
