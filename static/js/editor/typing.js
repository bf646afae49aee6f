/** Markdown as a way to type: what is drawn with signs becomes what it stands for, and Backspace takes that back. */
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "../../vendor/prosemirror/prosemirror.js";
import { schema } from "./schema.js";

const { nodes } = schema;

/** Signs on both sides of some words put an element round them. The last group is the words. */
function around(signs, tag) {
  return new InputRule(signs, (state, match, start, end) => {
    const words = match.at(-1);
    const from = start + match[0].lastIndexOf(words, match[0].length - 2);
    const begin = start + match[1].length;
    const { tr } = state;
    const close = end - (from + words.length);
    if (close > 0) tr.delete(from + words.length, end);
    tr.delete(begin, from);
    tr.addMark(begin, begin + words.length, schema.marks.inline.create({ tag }));
    return tr.setStoredMarks(state.selection.$from.marks());
  });
}

/** [words](address) becomes a link. */
const link = new InputRule(/\[([^\]]+)\]\(((?:https?:\/\/|mailto:|\/)[^\s)]+)\)$/, (state, [, words, address], start, end) => {
  const html = [["href", address], ["rel", "nofollow noopener"]];
  const mark = schema.marks.inline.create({ tag: "a", html });
  return state.tr.replaceWith(start, end, schema.text(words, [mark])).setStoredMarks([]);
});

export function typing() {
  return inputRules({
    rules: [
      around(/(^|[^*\w])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/u, "strong"),
      around(/(^|[^_\w])__([^_\s](?:[^_]*[^_\s])?)__$/u, "strong"),
      around(/(^|[^*\w])\*([^*\s](?:[^*]*[^*\s])?)\*$/u, "em"),
      around(/(^|[^_\w])_([^_\s](?:[^_]*[^_\s])?)_$/u, "em"),
      around(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/u, "s"),
      around(/(^|[^`])`([^`]+)`$/u, "code"),
      link,
      ...[1, 2, 3, 4, 5, 6].map((level) => textblockTypeInputRule(new RegExp(`^#{${level}}\\s$`), nodes[`h${level}`])),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      wrappingInputRule(/^\s*[-+*]\s$/, nodes.ul),
      wrappingInputRule(/^\s*1\.\s$/, nodes.ol),
      textblockTypeInputRule(/^```$/, nodes.pre),
    ],
  });
}
