/** Scene breaks and empty lines of a pasted text. */
import { isSceneBreak } from "./breaks.js";

/** Drawn scene breaks become such; empty lines that stand between all paragraphs go, lone ones stay. */
export function drawBreaks(round) {
  for (const one of round.querySelectorAll("br")) {
    const isBetween = one.previousElementSibling?.localName === "p" && one.nextElementSibling?.localName === "p";
    if (isBetween) one.replaceWith(round.ownerDocument.createElement("p"));
  }
  const lines = [...round.querySelectorAll("p")].filter((one) => !one.querySelector("img"));
  const empty = lines.filter((one) => !one.textContent.trim());
  const isSpacing = 2 * empty.length >= lines.length - empty.length - 1;
  for (const one of empty) {
    if (isSpacing) one.remove();
    else one.replaceChildren("\u00a0");
  }
  for (const one of lines) if (isSceneBreak(one.textContent.trim())) one.replaceWith(round.ownerDocument.createElement("hr"));
  for (const one of round.querySelectorAll("img")) if (!/^https?:/i.test(one.getAttribute("src") ?? "")) one.remove();
  for (const one of round.querySelectorAll("a[href]")) if (/^(?!https?:|mailto:|ftp:)[a-z][a-z0-9+.-]*:/i.test(one.getAttribute("href").trim())) one.removeAttribute("href");
}
