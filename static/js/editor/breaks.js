/** Knows scene breaks as archive/text/paragraphs.py does: `***`, `~*~`, `-----`, a lone `#`, `o0o`. */

const MARKS = "*~=+#•·●○◆◇■□★☆✦✧✶❖※⁂♡♥❤♦♣♠§—–_-";
const LONE = new Set(["#", "⁂", "❖", "❦", "❧", "※", "§"]);
const LONGEST = 80;
const LETTERS = /^(?:(?=.*[oO].*0|.*0.*[oO]|.*o.*O|.*O.*o)[oO0]{3,}|(?:xX)+x|(?:Xx)+X|x(?:-x){2,}|X(?:-X){2,})$/;
const EMOTICON = /^[^_]_+[^_]$/u;

/** @param {string} line */
export function isSceneBreak(line) {
  if ([...line].length > LONGEST) return false;
  const drawn = [...line.replace(/\s/gu, "")];
  const isMark = (one) => MARKS.includes(one);
  const first = drawn.findIndex((one) => !isMark(one));
  if (first >= 0) {
    if (drawn.length === 1) return LONE.has(drawn[0]);
    return LETTERS.test(drawn.slice(first, drawn.findLastIndex((one) => !isMark(one)) + 1).join(""));
  }
  return LONE.has(drawn.join("")) || (drawn.length >= 3 && !EMOTICON.test(drawn.join("")));
}
