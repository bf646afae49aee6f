/**
 * The words of a field as the archive cleans them. Throws, with a sentence where the archive has one, where it cannot say.
 * @param {HTMLElement} host @param {HTMLTextAreaElement} field @returns {Promise<string>}
 */
export async function formatted({ dataset }, { value, form }) {
  if (!value.trim()) return "";
  const body = new FormData();
  const fields = { text: value, profile: dataset.profile, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
  for (const [name, one] of Object.entries(fields)) body.set(name, one);
  const answer = await fetch(dataset.url, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error(answer.status === 422 ? await answer.text() : "");
  return answer.text();
}
