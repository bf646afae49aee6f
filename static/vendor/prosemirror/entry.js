// What the editor takes from ProseMirror; `build.sh` makes prosemirror.js of it.
export { baseKeymap, chainCommands, exitCode, joinBackward, joinDown, joinUp, lift, selectParentNode, setBlockType, wrapIn } from "prosemirror-commands";
export { dropCursor } from "prosemirror-dropcursor";
export { gapCursor } from "prosemirror-gapcursor";
export { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
export { InputRule, inputRules, textblockTypeInputRule, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
export { keydownHandler, keymap } from "prosemirror-keymap";
export { DOMParser, DOMSerializer, Fragment, Mark, Node, Schema, Slice } from "prosemirror-model";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export { SearchQuery, findNext, findPrev, getMatchHighlights, replaceAll, replaceNext, search, setSearchState } from "prosemirror-search";
export { AllSelection, EditorState, NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
export { findWrapping, liftTarget } from "prosemirror-transform";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
