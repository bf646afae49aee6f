/** Keeps what is typed into the form around it every few seconds: with the archive, and in this browser until that has it. */
import { shelf } from "./browser-shelf.js";
import { send } from "./unsent-writing.js";

const SECONDS = 2; // from the first letter that is not kept yet
const SECONDS_TO_NEXT_TRY = 5;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "action", "author", "place"]);

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.line = this.querySelector(".posting-kept");
    if (!this.form?.elements.key || this.stamp !== undefined) return;
    this.stamp = this.sent = 0; // until when was typed, and what of it has been sent
    for (const name of ["input", "typed"]) this.form.addEventListener(name, () => this.note());
    this.form.addEventListener("submit", () => this.leave());
    addEventListener("pagehide", () => this.keep());
    addEventListener("pageshow", () => (this.isLeaving = false));
    addEventListener("online", () => this.wait(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    if ("typed" in this.dataset) this.note();
  }

  /** Something was typed: it is kept a moment later. */
  note() {
    this.stamp = Math.max(Date.now(), this.stamp + 1);
    this.form.elements.typed_at.value = this.stamp;
    this.isLeaving = false;
    if (!this.timer) this.wait(SECONDS);
  }

  wait(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), seconds * 1000);
  }

  leave() {
    this.isLeaving = true; // what is sent is not kept as unsent, but for this browser, where the answer may never come
    if (this.stamp) this.shelve(this.entry());
  }

  /** @returns {import("./browser-shelf.js").Entry} */
  entry() {
    const typed = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.has(name));
    const { author, place } = this.dataset;
    return { key: this.form.elements.key.value, author, place, stamp: this.stamp, body: String(new URLSearchParams(typed)) };
  }

  shelve = (entry) => shelf.put(entry).then(() => true, () => false);

  async keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.stamp === this.sent || this.isLeaving) return;
    const entry = this.entry();
    const shelved = this.shelve(entry);
    if (this.isBusy) return this.wait(SECONDS);
    this.isBusy = true;
    const { what, sentence } = await send(entry, this.dataset, this.form.elements.csrfmiddlewaretoken);
    const isHere = await shelved;
    if (what === "kept") await shelf.drop(entry.key, entry.stamp).catch(() => {});
    this.isBusy = false;
    if (what === "kept") this.sent = entry.stamp;
    this.tell(what === "kept" || what === "long" || isHere ? what : "nowhere", sentence);
    if (this.stamp !== this.sent && !this.timer) this.wait(what === "kept" ? SECONDS : SECONDS_TO_NEXT_TRY);
  }

  tell(what, sentence) {
    const words = { kept: "kept", here: "here", session: "session", author: "authorChanged", long: "long", nowhere: "nowhere" };
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" }).format(new Date());
    this.line.hidden = false;
    this.line.classList.toggle("is-in-trouble", what !== "kept");
    this.line.setAttribute("aria-live", what === "kept" ? "off" : "polite"); // aloud only what is not as it should be
    const told = sentence ?? this.dataset[words[what] ?? "here"].replace("TIME", time);
    if (this.line.textContent !== told) this.line.textContent = told;
    if (this.stamp === this.sent) this.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
  }
}

customElements.define("auto-save", AutoSave);
