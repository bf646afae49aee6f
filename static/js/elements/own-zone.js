/** Wraps the choice of a time zone and, where none is chosen yet, chooses the browser's own. */
class OwnZone extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!select || select.value || !zone) return;
    // A browser may know its zone by an older name than those that are offered.
    if (![...select.options].some(({ value }) => value === zone)) select.append(new Option(zone, zone));
    select.value = zone;
  }
}

customElements.define("own-zone", OwnZone);
