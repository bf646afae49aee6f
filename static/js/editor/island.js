import { escape } from "./writing.js";

/** What stands for HTML that has no place in a document: what it shows, and nothing to write in. */
export function island(tag, source) {
  const dom = document.createElement(tag);
  dom.dataset.island = "";
  dom.append(...new DOMParser().parseFromString(source, "text/html").body.childNodes);
  return dom;
}

/** A reading beside signs, one thing to be moved or taken away: no caret could stand in it. Of what is pasted only its words stay. */
export function reading(element) {
  const piece = (node) => (/^r[tp]$/.test(node.localName) ? `<${node.localName}>${escape(node.textContent)}</${node.localName}>` : escape(node.textContent));
  return `<ruby>${Array.from(element.childNodes, piece).join("")}</ruby>`;
}
