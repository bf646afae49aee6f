/** Pasting: HTML of other programs as it is meant, plain text line by line; drawn scene breaks become such. */
import { AllSelection, Fragment, Plugin, Slice } from "../../vendor/prosemirror/prosemirror.js";
import { isSceneBreak } from "./breaks.js";
import { meant } from "./meaning.js";
import { schema } from "./schema.js";

const { nodes } = schema;
/** Copied from an editor like this one; one that kept styles is another. */
const isOurs = (html) => html.includes("data-pm-slice") && !/\sstyle=/i.test(html);

/** A blank line begins a paragraph; where there is none, every line does. */
function lines(text) {
  const written = text.replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "");
  const paragraphs = written.split(/\n[ \t]*\n/.test(written) ? /\n(?:[ \t]*\n)+/ : "\n");
  return paragraphs.filter((one) => one.trim()).flatMap((one) => {
    if (isSceneBreak(one.trim())) return [nodes.hr.create()];
    const pieces = one.split("\n").flatMap((line, index) => [...(index ? [nodes.br.create()] : []), ...(line ? [schema.text(line)] : [])]);
    return [nodes.p.create(null, pieces)];
  });
}

/** On an empty line whole lines are pasted as they are; elsewhere the first one runs on from what stands there. */
const isOnEmptyLine = ({ selection }) => selection instanceof AllSelection || (selection.$from.parent.isTextblock && !selection.$from.parent.childCount);
const closed = (slice) => new Slice(slice.content, slice.content.firstChild.isTextblock ? 0 : slice.openStart, slice.openEnd);

/** @param {import("./editor.js").Editor} editor */
export function pasting(editor) {
  const hasImages = () => ["chapter", "notes"].includes(editor.field.closest("rich-text")?.dataset.profile);
  return new Plugin({
    props: {
      transformPastedHTML: (html) => (isOurs(html) ? html : meant(html, { hasImages: hasImages() })),
      transformPasted: (slice, view) => (isOnEmptyLine(view.state) && slice.content.childCount > 1 ? closed(slice) : slice),
      clipboardTextParser: (text) => Slice.maxOpen(Fragment.from(lines(text))),
    },
  });
}
