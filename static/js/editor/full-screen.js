/** Lays one element over the whole window, and keeps all others out of reach until it is let go. */

const others = (element) => {
  const found = [];
  for (let one = element; one !== document.body; one = one.parentElement) found.push(...[...one.parentElement.children].filter((other) => other !== one));
  return found.filter((other) => other.localName !== "dialog" && other.localName !== "script" && !other.inert);
};

export class FullScreen {
  /** @param {HTMLElement} host @param {Element | null} tool the one that is pressed while it is on */
  constructor(host, tool) {
    Object.assign(this, { host, tool, held: [] });
    // Before the editor, which keeps this key for itself; what finds and the tools have a use of their own for it.
    host.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOn && event.target.matches(".ProseMirror, textarea")) this.toggle();
    }, { capture: true });
  }

  get isOn() {
    return "full" in this.host.dataset;
  }

  toggle() {
    if (this.isOn) delete this.host.dataset.full;
    else this.host.dataset.full = "";
    this.held.forEach((other) => { other.inert = false; });
    this.held = this.isOn ? others(this.host) : [];
    this.held.forEach((other) => { other.inert = true; });
    this.tool?.setAttribute("aria-pressed", String(this.isOn));
    return true;
  }
}
