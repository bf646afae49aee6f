/**
 * What is pasted keeps what it means (italics, bold, centring, scene breaks, links, lists) and loses how it looked elsewhere.
 * archive/text/pasted.py does the same to what is pasted without this editor; tests hold both to one list.
 */
import { drawBreaks } from "./meaning-breaks.js";
import { INLINE } from "./elements.js";
import { said, sheetOf, styleOf } from "./styles.js";

const KEPT = new Set(["alt", "colspan", "height", "href", "rowspan", "src", "start", "type", "width"]);
const SAYS = { i: "em", em: "em", b: "strong", strong: "strong", u: "u", s: "s", strike: "s", sup: "sup", sub: "sub" };
const ORDER = ["sub", "sup", "s", "u", "strong", "em"]; // from within
const NOTHING = new Set(["span", "font"]);
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, hr, section, article";

/** The page's policy complains of every style that is so much as read; under other names they are read in silence. */
const withoutStyles = (html) =>
  html.replace(/<(\/?)style\b/gi, '<$1script type="text/css" ').replace(/(<[a-z][^<>]*?\s)style(\s*=)/gi, "$1data-style$2");

/** @param {string} html what another program put on the clipboard @returns {string} */
export function meant(html, { hasImages = true } = {}) {
  const pasted = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  const sheet = sheetOf(Array.from(pasted.querySelectorAll("script[type='text/css']"), (one) => one.textContent));
  pasted.querySelectorAll(`script, title, meta, link${hasImages ? "" : ", img"}`).forEach((one) => one.remove());
  const round = pasted.createElement("div");
  round.append(...inside(pasted.body, { sheet, lines: [], around: [] }));
  drawBreaks(round);
  return round.innerHTML;
}

const inside = (node, known) => [...node.childNodes].flatMap((child) => settled(child, known));

/** A node as it is meant. `lines` is said of the lines in it, `around` by what is round it. */
function settled(node, known) {
  if (node.nodeType === Node.TEXT_NODE) return [node];
  if (node.nodeType !== Node.ELEMENT_NODE || node.className === "Apple-interchange-newline") return [];
  const name = node.localName;
  const style = styleOf(node, known.sheet);
  const speech = said(style);
  const given = ORDER.filter((one) => speech[one]);
  if (INLINE.has(name) || name === "font" || name.includes(":")) return within(node, speech, given, known);
  const isHeading = /^h[1-6]$/.test(name);
  const isLine = name === "p" || isHeading || (name === "div" && !node.querySelector(BLOCKS));
  const lines = [...known.lines, ...given].filter((one) => speech[one] !== false && !(isHeading && one === "strong"));
  if (name === "div" && !isLine) return inside(node, { ...known, lines });
  const align = (style["text-align"] ?? node.getAttribute("align")?.toLowerCase() ?? "").replace("-webkit-", "");
  const made = kept(node, isLine && !isHeading ? "p" : name);
  if (align === "center" || align === "right") made.setAttribute("align", align);
  if (!isLine) made.append(...inside(node, { ...known, lines }));
  else made.append(...wrapped(node, inside(node, { ...known, lines: [], around: isHeading ? [...lines, "strong"] : lines }), lines));
  return [made];
}

function within(node, speech, given, known) {
  const name = node.localName;
  const own = SAYS[name];
  const isKept = own ? speech[own] !== false : !NOTHING.has(name) && !name.includes(":");
  const isLink = name === "a" || known.around.includes("a"); // every link is underlined
  const wanted = given.filter((one) => one !== own && !known.around.includes(one) && !(isLink && one === "u"));
  const words = inside(node, { ...known, around: [...known.around, ...wanted, ...(isKept ? [own ?? name] : [])] });
  if (!isKept) return wrapped(node, words, wanted);
  const made = kept(node, name);
  made.append(...wrapped(node, words, wanted));
  return [made];
}

function kept(from, name) {
  const made = from.ownerDocument.createElement(name);
  for (const { name: one, value } of from.attributes) if (KEPT.has(one) || (one === "dir" && value.toLowerCase() === "rtl")) made.setAttribute(one, value);
  if (name === "a" && made.hasAttribute("href")) made.setAttribute("rel", "nofollow noopener");
  return made;
}

function wrapped({ ownerDocument }, nodes, names) {
  return ORDER.filter((one) => names.includes(one)).reduce((words, name) => {
    const made = ownerDocument.createElement(name);
    made.append(...words);
    return [made];
  }, nodes);
}
