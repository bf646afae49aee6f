/**
 * Puts one box above a list of boxes that ticks them all. With Shift, the boxes from the last one to this one follow it; the
 * arrows go from box to box, and Enter leads to the first button of the element that data-then names.
 */
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
    if (this.dataset.hint) label.after(Object.assign(document.createElement("p"), { className: "field-help", textContent: this.dataset.hint }));
    this.all.addEventListener("change", () => this.boxes.forEach((box) => Object.assign(box, { checked: this.all.checked })));
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("keydown", (event) => this.press(event));
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

  /** @param {KeyboardEvent} event */
  press(event) {
    const boxes = [this.all, ...this.boxes];
    const place = boxes.indexOf(event.target);
    if (place < 0) return;
    const goal = {
      ArrowDown: boxes[place + 1],
      ArrowUp: boxes[place - 1],
      Enter: document.getElementById(this.dataset.then)?.querySelector("button"),
    }[event.key];
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  }

  /** Shows whether all, none or some are ticked. */
  sum() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.all.checked = ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && ticked < this.boxes.length;
  }
}

customElements.define("check-all", CheckAll);
