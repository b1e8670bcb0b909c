// HTML as it is written here: templates that escape whatever is put into them. Nothing typed by anybody is ever put in raw.
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export { html };
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const nothing: Html = html``;

/** Pieces one after the other. */
export function each<T>(list: readonly T[], piece: (one: T, index: number) => Html): Html {
  return html`${list.map(piece)}`;
}
