/** Keeps where a reader is in a text, and offers to go on there. It moves the page only when it is asked to. */
import { shelf, tell } from "../reading/place-shelf.js";
import { goTo, here, textOf, texts } from "../reading/places.js";

const SECONDS = 10; // between two tellings
const SECONDS_OF_PATIENCE = 30; // before a place that is offered gives way to where the reader is now
const ALMOST_ALL = 98; // percent

class ReadingPlace extends HTMLElement {
  connectedCallback() {
    if (this.line) return;
    this.line = this.querySelector(".reading-place-line");
    this.link = this.querySelector("a");
    const { work, reader, stop } = this.dataset;
    if (reader) for (const [other, place] of shelf.all(reader)) tell(reader, other, place); // what did not arrive before
    const kept = [shelf.of(reader, work), stop ? JSON.parse(stop) : null].filter(Boolean);
    this.stop = kept.sort((one, other) => other.at - one.at)[0];
    this.began = performance.now();
    if (this.stop && this.leadsOn(this.stop)) this.offer(this.stop);
    if (this.stop && location.hash === `#${this.id}`) this.afterLoading(() => this.goOn());
    this.link.addEventListener("click", (event) => this.follow(event));
    addEventListener("scroll", () => this.note(), { passive: true });
    addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
  }

  afterLoading(deed) {
    if (document.readyState === "complete") deed();
    else addEventListener("load", deed, { once: true });
  }

  /** Whether a place lies before the reader, seen from the top of this page. */
  leadsOn({ chapter, number, percent }) {
    const [first] = texts();
    if (!first) return false;
    return chapter === Number(first.dataset.chapter) ? percent > 0 && percent < ALMOST_ALL : number > Number(first.dataset.number);
  }

  offer({ chapter, number, percent }) {
    const put = (name, value) => this.line.querySelector(`[data-${name}]`)?.replaceChildren(String(value));
    put("number", number);
    put("percent", percent);
    this.line.querySelector("[data-at]")?.toggleAttribute("hidden", !percent);
    const { work } = this.dataset;
    if ("chaptered" in this.dataset) this.link.href = `/works/${work}/chapters/${chapter}#${this.id}`;
    this.line.hidden = false;
    this.isOffered = true;
  }

  /** @param {MouseEvent} event */
  follow(event) {
    if (!this.stop || !textOf(this.stop.chapter)) return; // it is on another page, to which the link leads
    event.preventDefault();
    this.goOn();
  }

  goOn() {
    this.line.hidden = true; // before, or the text would move up under the reader
    goTo(this.stop);
    this.isOffered = false;
  }

  note() {
    this.timer ??= setTimeout(() => this.keep(), (this.isOffered ? SECONDS_OF_PATIENCE : SECONDS) * 1000);
  }

  keep() {
    if (!this.timer || (this.isOffered && performance.now() - this.began < SECONDS_OF_PATIENCE * 1000)) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const place = here();
    if (!place) return;
    const { work, reader } = this.dataset;
    const kept = { ...place, at: Math.floor(Date.now() / 1000) };
    if (reader) tell(reader, work, kept);
    else shelf.put(reader, work, kept);
  }
}

customElements.define("reading-place", ReadingPlace);
