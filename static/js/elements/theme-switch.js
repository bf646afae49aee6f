import { wear } from "../reading/theme.js";

/** Changes light and dark at once, where the form inside would load the page anew. */
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form?.addEventListener("submit", (event) => this.choose(event));
  }

  /** @param {SubmitEvent} event */
  async choose(event) {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    wear(button.value);
    const answers = new FormData(this.form, button);
    const answer = await fetch(this.form.action, { method: "POST", body: answers, redirect: "manual" }).catch(() => null);
    // Not kept (an old page, no network): the plain way says what is wrong.
    if (!answer || answer.status >= 400) this.sendPlainly(button);
  }

  /** @param {HTMLButtonElement} button */
  sendPlainly(button) {
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: "theme", value: button.value });
    this.form.append(chosen);
    this.form.submit();
  }
}

customElements.define("theme-switch", ThemeSwitch);
