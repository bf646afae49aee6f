/** Narrows a long list while one types, where the form inside would load the page anew. */
const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();

class ListFilter extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    this.status = this.querySelector("[role=status]");
    this.items = [...this.querySelectorAll(".tags.index > li")].map((item) => [item, fold(item.firstElementChild.textContent)]);
    this.letters = [...this.querySelectorAll(".letter")];
    this.jumps = new Map([...this.querySelectorAll("nav a")].map((jump) => [decodeURIComponent(jump.hash.slice(1)), jump]));
    this.input?.addEventListener("input", () => this.narrow());
  }

  narrow() {
    const words = fold(this.input.value).split(/\s+/u).filter(Boolean);
    let found = 0;
    for (const [item, name] of this.items) {
      item.hidden = !words.every((word) => name.includes(word));
      found += item.hidden ? 0 : 1;
    }
    for (const letter of this.letters) {
      letter.hidden = !letter.querySelector("li:not([hidden])");
      this.jumps.get(letter.id).hidden = letter.hidden;
    }
    if (this.status) this.status.textContent = this.dataset.found?.replace("COUNT", String(found)) ?? "";
  }
}

customElements.define("list-filter", ListFilter);
