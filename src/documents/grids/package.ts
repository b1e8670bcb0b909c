// The XML parts of a DOCX or XLSX by name, and which part belongs to which.
import { listParts, unpackPart } from '../containers.ts';
import { walkXml, xmlOf } from './xml.ts';

/** No part of a form is longer once unpacked; what is longer is not read. */
const longestPart = 12 * 1024 * 1024;

export interface XmlParts {
  /** Null when there is no such part; throws when it is not what the directory promised. */
  xml(name: string): string | null;
  /** Targets that a part names, by kind (the last word of the type) and by id. */
  relations(name: string): readonly Relation[];
}

export interface Relation {
  readonly kind: string;
  readonly id: string;
  readonly target: string;
}

export function xmlPartsOf(bytes: Uint8Array): XmlParts {
  const listed = listParts(bytes);
  if (typeof listed === 'string') throw new Error(listed);
  const parts = new Map(listed.map((part) => [part.name.replace(/^\//, ''), part]));
  const xml = (name: string): string | null => {
    const part = parts.get(name);
    if (part === undefined) return null;
    const unpacked = part.unpackedBytes > longestPart ? null : unpackPart(bytes, part);
    if (unpacked === null) throw new Error('a part is not what the directory promised');
    return xmlOf(unpacked);
  };
  return { xml, relations: (name) => relationsIn(xml(relationsName(name)) ?? '', name) };
}

function relationsName(name: string): string {
  const slash = name.lastIndexOf('/');
  return `${name.slice(0, slash + 1)}_rels/${name.slice(slash + 1)}.rels`;
}

function relationsIn(xml: string, name: string): Relation[] {
  const found: Relation[] = [];
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  walkXml(xml, {
    open: (element, attribute) => {
      const target = attribute('Target') ?? '';
      if (element !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const path = target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, '');
      found.push({ kind: (attribute('Type') ?? '').split('/').at(-1) ?? '', id: attribute('Id') ?? '', target: climbed(path) });
    },
  });
  return found;
}

function climbed(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

/** The part that the package is about. */
export function mainPart(parts: XmlParts): string | null {
  return parts.relations('').find(({ kind }) => kind === 'officeDocument')?.target ?? null;
}
