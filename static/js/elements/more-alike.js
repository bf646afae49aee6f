/** Brings works like this one, when a reader comes to the end of it, to where the way to them stands. */
class MoreAlike extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    if (!this.link) return;
    this.seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.bring(), {
      rootMargin: "400px",
    });
    this.seen.observe(this);
  }

  disconnectedCallback() {
    this.seen?.disconnect();
  }

  async bring() {
    this.seen.disconnect();
    const answer = await fetch(`${this.link.pathname}?part=list`).catch(() => null);
    if (!answer?.ok) return; // the link is there still
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.append(...page.body.childNodes);
  }
}

customElements.define("more-alike", MoreAlike);
