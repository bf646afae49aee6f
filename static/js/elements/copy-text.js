/** Copies what stands in the field inside; without scripts it is there to be marked and copied by hand. */
class CopyText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.said = this.querySelector("[role=status]");
    const button = this.querySelector("button");
    if (!this.field || !button) return;
    button.parentElement.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    this.field.select();
    // Only a page that came over https may write to the clipboard.
    const copied = await navigator.clipboard?.writeText(this.field.value).then(() => true).catch(() => false);
    this.said.textContent = copied ? this.said.dataset.done : this.said.dataset.failed;
  }
}

customElements.define("copy-text", CopyText);
