/** Drags the rows of a list by their handles, with a mouse, a pen or a finger. */
const EDGE = 56; // pixels from the edge of the window at which the page goes along
const STEP = 14;

export class RowDrag {
  /** @param {HTMLElement & {rows: Element[], move: (row: Element, place: number) => void}} order */
  constructor(order) {
    this.order = order;
    order.addEventListener("pointerdown", (event) => this.take(event));
    order.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) order.addEventListener(end, () => this.drop());
  }

  /** @param {PointerEvent} event */
  take(event) {
    const handle = event.target.closest(".posting-handle");
    if (!handle || event.button > 0) return;
    handle.setPointerCapture(event.pointerId);
    this.row = handle.parentElement;
    this.row.toggleAttribute("data-dragged", true);
  }

  /** @param {PointerEvent} event */
  drag({ clientY }) {
    if (!this.row) return;
    const { rows } = this.order;
    const from = rows.indexOf(this.row);
    const middles = rows.map((row) => row.getBoundingClientRect()).map(({ top, height }) => top + height / 2);
    const above = middles.findIndex((middle, place) => place < from && clientY < middle);
    const below = middles.findLastIndex((middle, place) => place > from && clientY > middle);
    if (above >= 0 || below >= 0) this.order.move(this.row, above >= 0 ? above : below);
    if (clientY < EDGE) scrollBy(0, -STEP);
    if (clientY > innerHeight - EDGE) scrollBy(0, STEP);
  }

  drop() {
    this.row?.removeAttribute("data-dragged");
    this.row = undefined;
  }
}
