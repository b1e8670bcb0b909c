// Walks through XML without building it: opening, closing, text. Names come without their prefix.
import { unescaped } from '../xml-text.ts';

export interface XmlWalker {
  open?(name: string, attribute: (name: string) => string | null): void;
  close?(name: string): void;
  text?(text: string): void;
}

const piece = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<(\/?)([A-Za-z_][\w.:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|([^<]+)/g;

export function walkXml(xml: string, walker: XmlWalker): void {
  for (const [, literal, slash, name, rest, text] of xml.matchAll(piece)) {
    if (literal !== undefined) walker.text?.(literal);
    else if (text !== undefined) walker.text?.(unescaped(text));
    else if (name !== undefined) element(walker, slash === '/', localName(name), rest ?? '');
  }
}

function element(walker: XmlWalker, closing: boolean, name: string, rest: string): void {
  if (closing) return walker.close?.(name);
  const empty = rest.endsWith('/');
  walker.open?.(name, (wanted) => attributeOf(rest, wanted));
  return empty ? walker.close?.(name) : undefined;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf(rest: string, wanted: string): string | null {
  for (const [, name = '', double, single] of rest.matchAll(/([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (localName(name) === wanted) return unescaped(double ?? single ?? '');
  }
  return null;
}

/** XML parts are UTF-8 unless their first bytes say UTF-16. */
export function xmlOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
