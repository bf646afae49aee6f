/** Sends writing to the archive, to be kept and not to be posted; heals the token of a page whose author logged in anew. */

const SECONDS = 10; // a server that takes longer to answer counts as one that cannot be reached

/**
 * Answers what became of it: "kept"; "session", "author", "long" or "many"; or "here" where the archive cannot be reached.
 *
 * @param {import("./browser-shelf.js").Entry} entry
 * @param {{address: string, tokenAddress: string, author: string}} way
 * @param {{value: string}} token the hidden field of a form, or the like of it
 * @returns {Promise<{what: string, isUnsent?: boolean, sentence?: string}>}
 */
export async function send(entry, way, token, isSecondTry = false) {
  try {
    const fields = new URLSearchParams({ author: entry.author, place: entry.place, csrfmiddlewaretoken: token.value });
    const signal = AbortSignal.timeout(SECONDS * 1000);
    const answer = await fetch(way.address, { method: "POST", body: new URLSearchParams(`${fields}&${entry.body}`), signal });
    if (answer.ok) return { what: "kept", isUnsent: (await answer.json()).is_unsent };
    if (answer.status === 413) return { what: "long" };
    if (answer.status === 403 && !isSecondTry && (await renew(way, token))) return send(entry, way, token, true);
    const told = await answer.json();
    return { what: told.refused ?? "here", sentence: told.sentence };
  } catch {
    return { what: "here" };
  }
}

/** Asks for the token that forms are sent with now, if the same author is logged in. */
async function renew(way, token) {
  const answer = await fetch(way.tokenAddress, { signal: AbortSignal.timeout(SECONDS * 1000) });
  if (!answer.ok) return false;
  const told = await answer.json();
  if (told.author === way.author) token.value = told.token;
  return told.author === way.author;
}
