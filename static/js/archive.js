/** What the pages gain where scripts run. Without them everything here still works as plain HTML. */
import "./elements/auto-save.js";
import "./elements/character-count.js";
import "./elements/check-all.js";
import "./elements/copy-text.js";
import "./elements/drop-menu.js";
import "./elements/import-progress.js";
import "./elements/list-filter.js";
import "./elements/more-alike.js";
import "./elements/own-zone.js";
import "./elements/reading-tools.js";
import "./elements/rich-text.js";
import "./elements/row-order.js";
import "./elements/tag-field.js";
import "./elements/theme-switch.js";
import "./elements/unsaved-guard.js";
import "./elements/waiting-words.js";
import "./elements/work-filters.js";
