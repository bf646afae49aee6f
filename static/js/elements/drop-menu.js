/** Closes an open menu on Escape, on a click elsewhere, and when the keyboard leaves it. */
class DropMenu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    // Tools look for the list of downloads right below its item, so it stands beside this element there.
    this.scope = this.closest(".download") ?? this;
    this.scope.addEventListener("keydown", (event) => this.closeOnEscape(event));
    this.scope.addEventListener("focusout", (event) => this.closeOnLeaving(event));
    this.closeOutside = (event) => this.scope.contains(event.target) || this.close();
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
    if (event.relatedTarget && !this.scope.contains(event.relatedTarget)) this.close();
  }

  close() {
    this.details.open = false;
  }
}

customElements.define("drop-menu", DropMenu);
