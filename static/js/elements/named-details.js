/** Wraps a <details> with an id: a link to that id opens it and brings the keyboard into it. */
class NamedDetails extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.openIfNamed = () => location.hash === `#${this.details.id}` && this.open();
    this.openOnClick = (event) => event.target.closest?.(`a[href="#${this.details.id}"]`) && this.open();
    addEventListener("hashchange", this.openIfNamed);
    document.addEventListener("click", this.openOnClick);
    this.openIfNamed();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.openIfNamed);
    document.removeEventListener("click", this.openOnClick);
  }

  open() {
    this.details.open = true;
    this.details.querySelector("summary").focus();
  }
}

customElements.define("named-details", NamedDetails);
