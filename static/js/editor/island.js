/** What stands for HTML that has no place in a document: what it shows, and nothing to write in. */
export function island(tag, source) {
  const dom = document.createElement(tag);
  dom.dataset.island = "";
  dom.append(...new DOMParser().parseFromString(source, "text/html").body.childNodes);
  return dom;
}
