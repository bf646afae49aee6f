/** Counts words by the rule of archive/text/counting.py; both are held to the same cases. */

const TAG = /<!--.*?(?:-->|$)|<[^<>]*>/gs;
const SINGLES =
  "[\\u2e80-\\u2fd5\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}" +
  "\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9d\\u{1b000}-\\u{1b16f}" +
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e50-\\u0e59]";
const SINGLE = new RegExp(SINGLES, "gu");
/** Inside a word these part nothing: don't, arm-rest; marks and underscores belong to a word but make none of their own. */
const JOINING = new RegExp(`(?!${SINGLES})['’‘＇\\-‐‑\\u00ad\\p{M}\\p{Pc}]`, "gu");
const PARTING = new RegExp(`(?!${SINGLES})[^\\p{L}\\p{Nd}\\p{Nl} ]`, "gu");

/** @param {string} html @returns {number} */
export function countWords(html) {
  const bare = html.replace(TAG, " ");
  const text = bare.includes("&") ? new DOMParser().parseFromString(bare, "text/html").body.textContent : bare;
  const parted = text.replaceAll("--", " ").replace(SINGLE, " $& ").replace(JOINING, "").replace(PARTING, " ");
  return parted.split(" ").filter(Boolean).length;
}
