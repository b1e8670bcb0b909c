// What the parts of the table page are shown from: answers of the server, read once by the page.
import type { ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';
import type { getCell, getTable } from '../../../modules/figures/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import type { getUnit } from '../../../modules/units/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { UnitEdition } from '../../app/session.tsx';

export interface TableAnswers {
  readonly edition: UnitEdition;
  readonly unit: OutputOf<typeof getUnit>;
  readonly table: OutputOf<typeof getTable>;
  readonly view: ReturnView;
}

export type CellAnswer = OutputOf<typeof getCell>;

export interface CellProps extends TableAnswers {
  readonly indicator: Indicator | ExtensionIndicator;
  readonly name: string;
}
