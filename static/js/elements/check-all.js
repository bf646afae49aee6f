/** Puts one box above a list of boxes that ticks them all; with Shift, the boxes from the last one to this one follow it. */
class CheckAll extends HTMLElement {
  connectedCallback() {
    if (this.all) return;
    const label = document.createElement("label");
    const sentence = document.createElement("span");
    this.all = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.className = "check";
    sentence.textContent = this.dataset.label ?? "";
    label.append(this.all, sentence);
    this.prepend(label);
    this.all.addEventListener("change", () => this.boxes.forEach((box) => Object.assign(box, { checked: this.all.checked })));
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("change", () => this.sum());
    this.sum();
  }

  get boxes() {
    return [...this.querySelectorAll("input[type=checkbox]")].filter((box) => box !== this.all);
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const place = this.boxes.indexOf(event.target);
    if (place < 0) return;
    if (event.shiftKey && this.last !== undefined) {
      const between = this.boxes.slice(Math.min(place, this.last), Math.max(place, this.last) + 1);
      between.forEach((box) => Object.assign(box, { checked: event.target.checked }));
    }
    this.last = place;
  }

  /** Shows whether all, none or some are ticked. */
  sum() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.all.checked = ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && ticked < this.boxes.length;
  }
}

customElements.define("check-all", CheckAll);
