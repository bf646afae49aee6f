/** Wraps a form and asks before the page is left with something typed that is neither sent nor kept. */
class UnsavedGuard extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.hold = (event) => event.preventDefault();
    this.form.addEventListener("input", () => addEventListener("beforeunload", this.hold));
    this.form.addEventListener("submit", () => this.release());
    this.form.addEventListener("kept", () => this.release());
  }

  disconnectedCallback() {
    this.release();
  }

  release() {
    removeEventListener("beforeunload", this.hold);
  }
}

customElements.define("unsaved-guard", UnsavedGuard);
