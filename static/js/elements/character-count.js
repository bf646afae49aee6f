/** Counts what is typed in the field named by `for`, against `max`; says it aloud only near the end. */
const NEAR_THE_END = 0.9;

class CharacterCount extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    this.max = Number(this.getAttribute("max"));
    if (!this.field || !this.max) return;
    this.classList.add("field-count");
    this.field.addEventListener("input", () => this.count());
    this.count();
  }

  count() {
    // As the server counts: characters, not the halves that JavaScript's length counts.
    const length = [...this.field.value].length;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    this.textContent = `${number.format(length)} / ${number.format(this.max)}`;
    this.classList.toggle("over", length > this.max);
    this.setAttribute("aria-live", length > this.max * NEAR_THE_END ? "polite" : "off");
  }
}

customElements.define("character-count", CharacterCount);
