// What may be typed into an area, as Excel writes it.
import type { Allowed, Area, Validation } from './model.ts';
import { columnName, dateNumber, quotedName, xmlAttribute, xmlText } from './text.ts';

/** Excel's limits, in characters. */
const mostInList = 255;
const mostInTitle = 32;
const mostInMessage = 255;

export function validationsXml(validations: readonly Validation[], areaName: (area: Area) => string, nameOf: (sheet: string) => string): string {
  if (validations.length === 0) return '';
  const each = validations.map(({ area, allowed, prompt, refusal }) => {
    const told = prompt === undefined ? '' : ` promptTitle="${shortened(prompt.title, mostInTitle)}" prompt="${shortened(prompt.text, mostInMessage)}"`;
    const refused = refusal === undefined ? '' : ` errorTitle="${shortened(refusal.title, mostInTitle)}" error="${shortened(refusal.text, mostInMessage)}"`;
    return `<dataValidation ${kindXml(allowed)} allowBlank="1" showInputMessage="1" showErrorMessage="1"${refused}${told} sqref="${areaName(area)}">${boundsXml(allowed, nameOf)}</dataValidation>`;
  });
  return `<dataValidations count="${each.length}">${each.join('')}</dataValidations>`;
}

function shortened(text: string, most: number): string {
  return xmlAttribute(text.slice(0, most).replace(/[\ud800-\udbff]$/, ''));
}

function kindXml(allowed: Allowed): string {
  return allowed.kind === 'list' || allowed.kind === 'list_of' ? 'type="list"' : `type="${allowed.kind}" operator="between"`;
}

function boundsXml(allowed: Allowed, nameOf: (sheet: string) => string): string {
  switch (allowed.kind) {
    case 'list':
      return `<formula1>${xmlText(listed(allowed.values))}</formula1>`;
    case 'list_of':
      return `<formula1>${xmlText(`${quotedName(nameOf(allowed.sheet))}!${fixedArea(allowed.area)}`)}</formula1>`;
    case 'whole':
      return `<formula1>${allowed.from}</formula1><formula2>${allowed.to}</formula2>`;
    case 'date':
      return `<formula1>${dateBound(allowed.from)}</formula1><formula2>${dateBound(allowed.to)}</formula2>`;
  }
}

function listed(values: readonly string[]): string {
  const list = values.join(',');
  if (list.length > mostInList || values.some((value) => value.includes(','))) throw new RangeError('a list so long, or with commas, needs a sheet of its own');
  return `"${list.replaceAll('"', '""')}"`;
}

/** `$A$1:$B$9`. */
export function fixedArea({ top, left, bottom, right }: Area): string {
  return `$${columnName(left)}$${top}:$${columnName(right)}$${bottom}`;
}

function dateBound(text: string): number {
  const date = dateNumber(text);
  if (date === null) throw new RangeError(`no date: ${text}`);
  return date;
}
