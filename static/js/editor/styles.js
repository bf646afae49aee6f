/** Reads what a style says, as far as elements can say it. The same rules as in archive/text/pasted.py. */

const NO_RULE = /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|<!--|-->/g;
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const SELECTOR = /^\s*(?:[a-z0-9]+)?\.([\w-]+)\s*$/i;
const BOLD_FROM = 600;

/** @param {string} written @returns {Record<string, string>} */
function declarations(written) {
  const pairs = written.split(";").filter((one) => one.includes(":"));
  return Object.fromEntries(pairs.map((one) => {
    const [name, ...value] = one.split(":");
    return [name.trim().toLowerCase(), value.join(":").trim().toLowerCase()];
  }));
}

/** What the style sheets that came along say of each class. */
export function sheetOf(texts) {
  const sheet = new Map();
  for (const [, selectors, written] of texts.flatMap((text) => [...text.replace(NO_RULE, "").matchAll(RULE)])) {
    for (const selector of selectors.split(",")) {
      const name = selector.match(SELECTOR)?.[1].toLowerCase();
      if (name) sheet.set(name, { ...sheet.get(name), ...declarations(written) });
    }
  }
  return sheet;
}

/** What is said of an element by its classes and, above them, by itself. */
export function styleOf(element, sheet) {
  const classes = [...element.classList].map((name) => sheet.get(name.toLowerCase()));
  return Object.assign({}, ...classes, declarations(element.dataset.style ?? ""));
}

/** What a style says, by the element that would say it: true, or false where it takes it back. */
export function said(style) {
  const speech = {};
  const font = (style.font ?? "").split(/\s+/);
  const slant = style["font-style"] || (font.includes("italic") ? "italic" : "");
  if (slant) speech.em = /^(?:italic|oblique)/.test(slant);
  const weight = style["font-weight"] || (font.includes("bold") ? "bold" : "");
  if (weight) speech.strong = /^\d{1,4}$/.test(weight) ? Number(weight) >= BOLD_FROM : weight.startsWith("bold");
  for (const line of [style["text-decoration"], style["text-decoration-line"]]) {
    if (line !== undefined) Object.assign(speech, { u: line.includes("underline"), s: line.includes("line-through") });
  }
  const place = style["vertical-align"];
  if (place !== undefined) Object.assign(speech, { sup: place === "super", sub: place === "sub" });
  return speech;
}
