// Codes made of the names of a form: kept where they may be codes, changed and told where not.
import type { FormRow, Unspoken } from './form-table.ts';

export interface CodeMaker {
  /** By the name in the form. */
  readonly codes: ReadonlyMap<string, string>;
  readonly codeFor: (row: FormRow, name: string) => string;
  readonly fresh: (stem: string) => string;
}

export function codeMaker(stem: string, unspoken: Unspoken): CodeMaker {
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  const fresh = (root: string): string => {
    let number = 1;
    while (taken.has(`${root}${String(number)}`)) number += 1;
    taken.add(`${root}${String(number)}`);
    return `${root}${String(number)}`;
  };
  const codeFor = (row: FormRow, name: string): string => {
    const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 36);
    const wanted = /^[A-Za-z]/.test(plain) ? plain : plain === '' ? '' : `${stem}${plain}`;
    const code = wanted === '' || taken.has(wanted) ? fresh(wanted === '' ? stem : `${wanted}_`.slice(0, 34)) : wanted;
    taken.add(code);
    if (code !== name) unspoken.add('code_changed', row, 'name', `${name} → ${code}`);
    codes.set(name, code);
    return code;
  };
  return { codes, codeFor, fresh };
}
