// A check by a name people know: the cell it stands at and what it says; ours for the built-in ones.
import type { EditionDefinition } from '../../../modules/editions/model.ts';

export function checkName(code: string, definition: Pick<EditionDefinition, 'checks'>, nameOf: (cell: string) => string, language: 'zh' | 'en', builtIn: { readonly [check: string]: string }): string {
  const check = definition.checks.find((one) => one.code === code);
  return check === undefined ? (builtIn[code] ?? code) : `${nameOf(check.indicator)} · ${check.message[language]}`;
}
