// What a form without script sends, and the fields every form here carries.
import { randomUUID } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { html, type Html } from './html.ts';
import type { SiteForm } from './page.ts';

const keyField = 'request_key';

/** To be put into every form that writes: sent twice, it is done once. */
export function requestKeyField(): Html {
  return html`<input type="hidden" name="${keyField}" value="${randomUUID()}">`;
}

/** Text is as the form sent it, but for line ends, which browsers send as CR LF. */
export async function formOf(http: HonoContext): Promise<SiteForm> {
  const fields: { readonly [name: string]: unknown } = await http.req.parseBody({ all: true }).catch(() => ({}));
  const texts = (name: string): string[] => {
    const sent = Object.hasOwn(fields, name) ? fields[name] : [];
    return (Array.isArray(sent) ? sent : [sent]).filter((one) => typeof one === 'string').map((one) => one.replaceAll('\r\n', '\n'));
  };
  const files = new Map<string, NonNullable<ReturnType<SiteForm['file']>>>();
  for (const [name, sent] of Object.entries(fields)) {
    const file = Array.isArray(sent) ? sent[0] : sent;
    if (file instanceof File && file.size > 0) files.set(name, { name: file.name, mediaType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return { text: (name) => texts(name)[0] ?? '', texts, file: (name) => files.get(name) ?? null, requestKey: texts(keyField)[0] ?? '' };
}
