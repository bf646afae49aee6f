/** Asks for what a tool needs, in a dialogue that the page brings along. */

function dialogOf(name) {
  const found = document.querySelector(`dialog[data-dialog="${name}"]`);
  if (found) return found;
  const all = document.querySelector("#editor-dialogs");
  document.body.append(all.content.cloneNode(true));
  return document.querySelector(`dialog[data-dialog="${name}"]`);
}

/**
 * @param {string} name
 * @param {Record<string, string>} values what stands in the fields at first
 * @param {Record<string, string[]>} choices what can be chosen in them besides
 * @returns {Promise<Record<string, string> | null>} what was typed, with `answer` "give" or "take"; null for nothing
 */
export async function ask(name, values = {}, choices = {}) {
  const dialog = dialogOf(name);
  const form = dialog.querySelector("form");
  form.reset();
  for (const [field, offered] of Object.entries(choices)) {
    const select = form.elements.namedItem(field);
    select.replaceChildren(select.options[0], ...offered.map((one) => new Option(one, one)));
  }
  for (const [field, value] of Object.entries(values)) if (value) form.elements.namedItem(field).value = value;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  const answer = dialog.returnValue;
  return answer ? { ...Object.fromEntries(new FormData(form)), answer } : null;
}
