/**
 * Wraps a numbered list of rows that each hold a field for their number: gives every row a handle by which it is dragged, or
 * moved with the arrow keys, Home and End. What is sent are the numbers, as without scripts.
 */
import { RowDrag } from "./row-drag.js";

class RowOrder extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    if (this.said || this.list.children.length < 2) return;
    const hint = Object.assign(document.createElement("p"), { className: "field-help", id: "row-order-hint", textContent: this.dataset.hint });
    this.said = Object.assign(document.createElement("p"), { className: "landmark" });
    this.said.setAttribute("role", "status");
    this.prepend(hint, this.said);
    for (const row of this.rows) row.prepend(this.handleOf(row));
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("change", ({ target }) => target.type === "number" && this.move(target.closest("li"), Number(target.value) - 1));
    this.drag = new RowDrag(this);
  }

  get rows() {
    return [...this.list.children];
  }

  /** @param {Element} row */
  nameOf(row) {
    return row.querySelector(".title").textContent.trim();
  }

  /** @param {Element} row */
  handleOf(row) {
    const handle = Object.assign(document.createElement("button"), { type: "button", className: "posting-handle" });
    handle.setAttribute("aria-label", this.dataset.handle.replace("NAME", () => this.nameOf(row)));
    handle.setAttribute("aria-describedby", "row-order-hint");
    return handle;
  }

  /** The other rows go past this one, so that it keeps the focus, and the finger. @param {Element} row @param {number} place */
  move(row, place) {
    const from = this.rows.indexOf(row);
    const to = Math.max(0, Math.min(this.rows.length - 1, place || 0));
    if (to > from) row.before(...this.rows.slice(from + 1, to + 1));
    if (to < from) row.after(...this.rows.slice(to, from));
    this.rows.forEach((one, index) => this.number(one, String(index + 1)));
    if (to !== from) this.said.textContent = this.sentence(row, to + 1);
  }

  /** @param {Element} row @param {string} number */
  number(row, number) {
    const field = row.querySelector("input[type=number]");
    if (field.value === number) return;
    field.value = number;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {Element} row @param {number} place */
  sentence(row, place) {
    return this.dataset.moved.replace("PLACE", place).replace("COUNT", this.rows.length).replace("NAME", () => this.nameOf(row));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const row = event.target.closest(".posting-handle")?.parentElement;
    if (!row) return;
    const from = this.rows.indexOf(row);
    const place = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: this.rows.length - 1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    this.move(row, place);
    row.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("row-order", RowOrder);
