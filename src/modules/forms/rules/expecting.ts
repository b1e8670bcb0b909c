// What an edition expects of a form that was filled by hand.
import type { EditionDefinition } from '../../editions/model.ts';
import type { FormIndicator } from './matching.ts';
import type { ExpectedForm } from './reading.ts';

/** `own` are a province's rows of its own, when the form's province is known; `unitNames` names the unit goes by. */
export function expectedForm(definition: Pick<EditionDefinition, 'table' | 'indicators' | 'window' | 'deadline'>, own: readonly FormIndicator[], unitNames: readonly string[] = []): ExpectedForm {
  const { table, indicators, window, deadline } = definition;
  return { title: table.title, columns: table.columns, indicators: [...indicators, ...own], years: [Number(window.from.slice(0, 4)), Number(deadline.slice(0, 4))], unitNames };
}
