/** Closes an open menu on Escape, on a click elsewhere, and when the keyboard leaves it. */
class DropMenu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.addEventListener("keydown", (event) => this.closeOnEscape(event));
    this.addEventListener("focusout", (event) => this.closeOnLeaving(event));
    this.closeOutside = (event) => this.contains(event.target) || this.close();
    this.details.addEventListener("toggle", () => this.listen());
  }

  disconnectedCallback() {
    document.removeEventListener("pointerdown", this.closeOutside);
  }

  listen() {
    if (this.details.open) document.addEventListener("pointerdown", this.closeOutside);
    else document.removeEventListener("pointerdown", this.closeOutside);
  }

  /** @param {KeyboardEvent} event */
  closeOnEscape(event) {
    if (event.key !== "Escape" || !this.details.open) return;
    this.close();
    this.details.querySelector("summary").focus();
  }

  /** @param {FocusEvent} event */
  closeOnLeaving(event) {
    if (event.relatedTarget && !this.contains(event.relatedTarget)) this.close();
  }

  close() {
    this.details.open = false;
  }
}

customElements.define("drop-menu", DropMenu);
