// The little of XML that spreadsheets are made of, read piece by piece: elements of one name one after the other, attributes, text.
// Nothing is ever looked up outside, and a document that declares entities is none of ours.
import { unescaped } from '../xml-text.ts';

/** An element longer than this is no row and no text that a person wrote. */
const longestElement = 4 * 1024 * 1024;

export class XmlUnreadable extends Error {}

export interface Element {
  /** What stands between the name and the end of the start tag. */
  readonly attributes: string;
  readonly inner: string;
}

/** The prefix that a document gives its names, with its colon; most have none. */
function prefixOf(text: string): string | null {
  const root = /<(?![?!])((?:[\w.-]+:)?)[\w.-]+[\s/>]/.exec(text);
  return root?.[1] ?? null;
}

export interface Named extends Element {
  readonly name: string;
}

/** Takes a text piece by piece, and gives the elements of these names that have ended by then; not those inside of others of them. */
export function elementScanner(names: readonly string[]): (piece: string) => Generator<Named> {
  let text = '';
  let prefix: string | null = null;
  return function* scanned(piece) {
    text += piece;
    if (/<!(?:DOCTYPE|ENTITY)/.test(piece)) throw new XmlUnreadable('declares entities');
    prefix ??= prefixOf(text);
    if (prefix === null) return;
    const scan = scanOf(text, prefix, names);
    for (let found = scan.next(); found !== null; found = scan.next()) yield found;
    text = text.slice(scan.kept());
    if (text.length > longestElement) throw new XmlUnreadable('endless element');
  };
}

/** The elements of these names in a text that is there whole. */
export function elementsIn(text: string, names: readonly string[], prefix: string): Named[] {
  const all: Named[] = [];
  const scan = scanOf(text, prefix, names);
  for (let found = scan.next(); found !== null; found = scan.next()) all.push(found);
  return all;
}

export function prefixIn(text: string): string {
  return prefixOf(text) ?? '';
}

interface Scan {
  /** The next element that is there whole. */
  next(): Named | null;
  /** From where on the text is needed when more comes. */
  kept(): number;
}

/** Where each name starts next is remembered, so that a name that is rare is not looked for again and again. */
function scanOf(text: string, prefix: string, names: readonly string[]): Scan {
  const starts = names.map((name) => startOf(text, 0, `<${prefix}${name}`));
  let at = 0;
  const nearest = (): number => starts.reduce((best, start, index) => (start >= 0 && (best < 0 || start < (starts[best] ?? 0)) ? index : best), -1);
  return {
    next: () => {
      const index = nearest();
      const name = names[index];
      const start = starts[index];
      if (name === undefined || start === undefined) return null;
      const found = elementAt(text, start, prefix, name);
      if (found === null) return null;
      at = found.end;
      for (const [other, from] of starts.entries()) if (from >= 0 && from < at) starts[other] = startOf(text, at, `<${prefix}${names[other] ?? ''}`);
      return found;
    },
    kept: () => {
      const index = nearest();
      // A tag may be cut in two where the text ends.
      return index < 0 ? Math.max(at, text.length - 64) : (starts[index] ?? at);
    },
  };
}

function elementAt(text: string, start: number, prefix: string, name: string): (Named & { readonly end: number }) | null {
  const tagEnd = text.indexOf('>', start);
  if (tagEnd < 0) return null;
  const opened = start + 1 + prefix.length + name.length;
  if (text[tagEnd - 1] === '/') return { name, attributes: text.slice(opened, tagEnd - 1), inner: '', end: tagEnd + 1 };
  const closing = `</${prefix}${name}>`;
  const close = text.indexOf(closing, tagEnd);
  if (close < 0) return null;
  return { name, attributes: text.slice(opened, tagEnd), inner: text.slice(tagEnd + 1, close), end: close + closing.length };
}

/** Where an element starts: `<c` is not the start of `<cols`. */
function startOf(text: string, from: number, start: string): number {
  for (let at = text.indexOf(start, from); at >= 0; at = text.indexOf(start, at + 1)) {
    const after = text.charCodeAt(at + start.length);
    // Blank, greater-than, slash, line ends, tab; nothing: the tag is not there whole yet.
    if (after === 0x20 || after === 0x3e || after === 0x2f || after === 0x0a || after === 0x0d || after === 0x09 || Number.isNaN(after)) return at;
  }
  return -1;
}

export function attributeOf(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? null : textOf(value);
}

/** Text with its entities and CDATA sections resolved. */
export function textOf(xml: string): string {
  if (!xml.includes('&') && !xml.includes('<')) return xml;
  return xml.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/).map((part) => (part.startsWith('<![CDATA[') ? part.slice(9, -3) : unescaped(part.replace(/<!--[\s\S]*?-->/g, '')))).join('');
}
