/** Asks how far the reading of files is, until all are read; then shows the page anew. Without it there is a link. */
const PAUSE = 2000; // milliseconds

class ImportProgress extends HTMLElement {
  connectedCallback() {
    if (this.dataset.waiting !== "0") this.waits = setTimeout(() => this.ask(), PAUSE);
  }

  disconnectedCallback() {
    clearTimeout(this.waits);
  }

  async ask() {
    const answer = await fetch("?part=progress").catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const found = page?.querySelector("import-progress");
    if (found?.dataset.waiting === "0") {
      location.reload();
      return;
    }
    const said = this.querySelector("[role=status]");
    const words = found?.querySelector("[role=status]")?.textContent;
    if (words && said.textContent !== words) said.textContent = words;
    this.waits = setTimeout(() => this.ask(), PAUSE);
  }
}

customElements.define("import-progress", ImportProgress);
