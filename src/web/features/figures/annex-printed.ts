// The sheet of what is on screen, made by the rules that Word, Excel and PDF follow.
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import { getSheet } from '../../../modules/forms/contract.ts';
import type { FormReceipt, FormSheet } from '../../../modules/forms/model.ts';
import { formSheetOf } from '../../../modules/forms/rules.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import { useRead } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { readCell, sealOf, type TableSources, type ViewName } from './table-view.ts';

export interface Printed {
  readonly sheet: FormSheet;
  /** The receipt's QR code, once it is there. */
  readonly code: { readonly size: number; readonly path: string } | null;
}

interface OnScreen {
  readonly definition: EditionDefinition;
  readonly unitView: ReturnView;
  readonly sources: TableSources;
  readonly view: ViewName;
}

export function usePrinted(shown: OnScreen): Printed {
  const me = useMe();
  const { definition, unitView, view } = shown;
  const sealed = sealedOn(unitView, view);
  // The address of a receipt is the server's to say: people may have come by another name of it.
  const told = useRead(getSheet, { edition: definition.code, unitCode: unitView.unit.code, version: sealed?.version ?? 'draft' }, { when: sealed !== null, fresh: 60_000 });
  const address = told.data?.sheet.receipt?.address ?? `${location.origin}/verify/${sealed?.code ?? ''}`;
  const receipt = sealed === null ? null : { ...sealed, address };
  return { sheet: sheetOf(shown, receipt, me.demonstration), code: told.data?.code ?? null };
}

function sealedOn(unitView: ReturnView, view: ViewName): Omit<FormReceipt, 'address'> | null {
  const seal = sealOf(unitView, view);
  return seal === null || unitView.frozen === null ? null : { code: seal.receiptCode, version: unitView.frozen.number, sealedAt: seal.at };
}

function sheetOf({ definition, unitView, sources, view }: OnScreen, receipt: FormReceipt | null, demonstration: boolean): FormSheet {
  const figures = Object.fromEntries(definition.indicators.map(({ code }) => [code, readCell(sources, view, code, false).value ?? 0]));
  const { frozen, unit } = unitView;
  const unitName = view === 'frozen' && frozen !== null ? frozen.unit.name : unit.name;
  return formSheetOf(definition, { unitName, figures, receipt, demonstration, asOf: receipt?.sealedAt ?? '' });
}
