/** Round a form that filters works: what is empty is not sent, and nothing is asked for and left out at once. */
const WIDE = matchMedia("(min-width: 60.01rem)");

class WorkFilters extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[method=get]");
    this.drawer = this.querySelector("details");
    if (!this.form) return;
    this.form.addEventListener("submit", () => this.leaveOutEmpty());
    this.form.addEventListener("change", (event) => this.part(event.target));
    // A page that the browser kept and shows again has its fields again.
    this.comeBack = () => this.empty().forEach((field) => Object.assign(field, { disabled: false }));
    addEventListener("pageshow", this.comeBack);
    this.open = () => this.standOpen();
    WIDE.addEventListener("change", this.open);
    this.standOpen();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.comeBack);
    WIDE.removeEventListener("change", this.open);
  }

  empty() {
    return [...this.form.elements].filter((field) => field.name && !field.value && field.type !== "submit");
  }

  leaveOutEmpty() {
    for (const field of this.empty()) field.disabled = true;
  }

  /** @param {HTMLInputElement} box the one that was just ticked */
  part(box) {
    const [way, rest] = [box.id?.slice(0, 7), box.id?.slice(7)];
    if (!box.checked || !["include", "exclude"].includes(way)) return;
    const other = document.getElementById(`${way === "include" ? "exclude" : "include"}${rest}`);
    if (other) other.checked = false;
  }

  /** Where styles alone cannot open the drawer beside the list, this does. */
  standOpen() {
    if (this.drawer && WIDE.matches && !CSS.supports("selector(::details-content)")) this.drawer.open = true;
  }
}

customElements.define("work-filters", WorkFilters);
