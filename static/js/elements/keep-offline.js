import { canKeep, drop, isKept, keep, register } from "../offline/keeping.js";
import { note, noteAgain } from "../offline/looking.js";

/** The switch that keeps a work on this device, or keeps it no longer. */
class KeepOffline extends HTMLElement {
  async connectedCallback() {
    this.button = this.querySelector("button");
    this.said = this.querySelector("[role=status]");
    if (!this.button || !canKeep()) return;
    this.show(await isKept(this.dataset.work).catch(() => false));
    this.closest("li").hidden = false;
    this.button.addEventListener("click", () => this.change());
  }

  show(isKept) {
    this.button.setAttribute("aria-pressed", String(isKept));
    this.button.textContent = isKept ? this.dataset.kept : this.dataset.keep;
  }

  async change() {
    this.button.disabled = true;
    const wasKept = this.button.getAttribute("aria-pressed") === "true";
    try {
      if (wasKept) await drop(this.dataset.work);
      else await this.keep();
      this.show(!wasKept);
      this.said.textContent = wasKept ? this.dataset.dropped : this.dataset.done;
    } catch (reason) {
      this.said.textContent = reason?.name === "QuotaExceededError" ? this.dataset.full : this.dataset.failed;
    }
    this.button.disabled = false;
  }

  /**
   * The words first: a worker without anything to answer with is of no use, and neither are words without a worker. That they may
   * stay for long is only asked for: Firefox asks its reader, and gives no answer until they do.
   */
  async keep() {
    const { work, query } = this.dataset;
    await keep(work, query);
    try {
      await register();
      await navigator.serviceWorker.ready;
    } catch (refused) {
      await drop(work);
      throw refused;
    }
    note();
    navigator.storage?.persist?.().catch(() => false);
  }
}

addEventListener("pagehide", noteAgain);
document.addEventListener("visibilitychange", () => document.hidden && noteAgain());

customElements.define("keep-offline", KeepOffline);
