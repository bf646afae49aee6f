import { canKeep, drop, list, refresh, takeGone } from "../offline/keeping.js";

/** The list of what this device keeps; where there is a network, each work is looked after in the archive. */
class OfflineShelf extends HTMLElement {
  async connectedCallback() {
    this.part("away").hidden = location.pathname === "/offline";
    if (!canKeep()) return this.say("empty", this.dataset.failed);
    await this.show();
    await this.lookAfter();
  }

  part(name, within = this) {
    return within.querySelector(`[data-part=${name}]`);
  }

  say(name, words) {
    this.part(name).textContent = words;
    this.part(name).hidden = !words;
  }

  async show() {
    this.works = await list();
    this.part("list").replaceChildren(...this.works.map((one) => this.row(one)));
    this.part("empty").hidden = this.works.length > 0;
    const size = this.works.reduce((sum, one) => sum + one.size, 0);
    this.say("room", size ? `${this.dataset.room} ${this.inWords(size)}.` : "");
    this.tell(await takeGone());
  }

  row(one) {
    const row = this.querySelector("template").content.cloneNode(true).querySelector("li");
    row.dataset.work = one.work;
    Object.assign(row.querySelector("a"), { href: `/works/${one.work}/offline`, textContent: one.title });
    row.querySelector(".byline").textContent = one.byline;
    this.part("facts", row).textContent = one.facts;
    this.part("size", row).textContent = this.inWords(one.size);
    if (one.isStale) this.part("state", row).textContent = this.dataset.stale;
    row.querySelector("button").addEventListener("click", () => drop(one.work).then(() => this.show()));
    return row;
  }

  async lookAfter() {
    const gone = [];
    for (const one of this.works) {
      const state = await refresh(one).catch(() => "away");
      if (state === "away") break;
      if (state === "gone") gone.push(one.restricted ? "…" : one.title);
      const row = this.querySelector(`li[data-work="${one.work}"]`);
      if (row) this.part("state", row).textContent = { same: this.dataset.fresh, new: this.dataset.new, stale: this.dataset.stale }[state] ?? "";
    }
    if (gone.length) await this.show().then(() => this.tell(gone));
  }

  tell(titles) {
    if (titles.length) this.say("gone", `${this.dataset.gone} ${titles.join(", ")}`);
  }

  inWords(bytes) {
    const kilobytes = Math.max(1, Math.round(bytes / 1000));
    const [number, unit] = kilobytes < 1000 ? [kilobytes, "kilobyte"] : [kilobytes / 1000, "megabyte"];
    return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(number);
  }
}

customElements.define("offline-shelf", OfflineShelf);
