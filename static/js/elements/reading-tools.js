/** Sets the text anew as soon as something is chosen, keeps the line one was at on the screen, and has the choice kept. */
import { wear } from "../reading/theme.js";

const KEPT_ELSEWHERE = new Set(["place"]); // said to the archive alone

class ReadingTools extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.button = this.querySelector("button[type=submit]");
    if (!this.form || this.isReady) return;
    this.isReady = true;
    this.button.hidden = true;
    this.form.addEventListener("change", (event) => this.choose(event.target));
  }

  /** @param {HTMLInputElement} input */
  async choose({ name, value }) {
    if (!KEPT_ELSEWHERE.has(name)) this.inPlace(() => this.show(name, value));
    const { action } = this.form;
    const body = new FormData(this.form);
    const answer = await fetch(action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
    // Not kept (no network, the archive is away): the plain way is there, and says what is wrong.
    this.button.hidden = Boolean(answer) && answer.status < 400;
  }

  /** @param {string} name @param {string} value */
  show(name, value) {
    if (name === "theme") {
      wear(value);
      return;
    }
    const { dataset } = document.documentElement;
    if (value) dataset[name] = value;
    else delete dataset[name];
  }

  /** @param {() => void} change */
  inPlace(change) {
    const line = this.lineOnTop();
    const before = line?.getBoundingClientRect().top;
    change();
    if (line) scrollBy({ top: line.getBoundingClientRect().top - before, behavior: "instant" });
  }

  /** The first paragraph that is on the screen, if one has gone on into the text. */
  lineOnTop() {
    const text = document.querySelector("#chapters");
    if (!text || text.getBoundingClientRect().top > 0) return undefined;
    return [...text.querySelectorAll(".userstuff.module > *")].find((one) => one.getBoundingClientRect().bottom > 0);
  }
}

customElements.define("reading-tools", ReadingTools);
