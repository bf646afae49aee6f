/** Where a reader is in a text: a block of a chapter, counted from its beginning, and how far into it. No word of the text. */

/** @typedef {{chapter: number, number: number, block: number, into_block: number, percent: number}} Place */

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, td, dt, dd, hr, figure";
const LINE = 24; // pixels below the edge of the window: the line that is being read

const clamp = (value, most = 1) => Math.min(most, Math.max(0, value || 0));
const blocksOf = (text) => [...text.querySelectorAll(BLOCKS)].filter((block) => !block.matches(".landmark"));

/** @returns {HTMLElement[]} the texts of the chapters on this page */
export const texts = () => [...document.querySelectorAll("#chapters .userstuff[data-chapter]")];

/** @param {number} chapter @returns {HTMLElement | undefined} */
export const textOf = (chapter) => texts().find((text) => Number(text.dataset.chapter) === chapter);

/** How far a chapter's text can be scrolled. @param {DOMRect} box */
const way = (box) => (box.height > innerHeight ? box.height - innerHeight + LINE : box.height);

/** @returns {Place | null} where the reader is; nothing while they are above the text */
export function here() {
  const text = texts().findLast((one) => one.getBoundingClientRect().top <= LINE);
  if (!text) return null;
  const box = text.getBoundingClientRect();
  const boxes = blocksOf(text).map((block) => block.getBoundingClientRect());
  const block = Math.max(0, boxes.findIndex(({ bottom, height }) => height && bottom > LINE));
  const into = boxes.length ? clamp((LINE - boxes[block].top) / boxes[block].height) : 0;
  return {
    chapter: Number(text.dataset.chapter),
    number: Number(text.dataset.number),
    block,
    into_block: Number(into.toFixed(4)),
    percent: Math.round(100 * clamp((LINE - box.top) / way(box))),
  };
}

/** Scrolls to a place, or where its block is gone as near as can be said. @param {Place} place */
export function goTo(place) {
  const text = textOf(place.chapter);
  if (!text) return;
  const block = blocksOf(text)[place.block];
  const box = (block ?? text).getBoundingClientRect();
  const down = block ? place.into_block * box.height : (place.percent / 100) * way(box);
  scrollTo({ top: scrollY + box.top + down - LINE, behavior: "instant" });
  const target = block ?? text; // the keyboard and the voice go along
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
}
