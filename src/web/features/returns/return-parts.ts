// What the parts of 报送 and 审核 are shown from: answers of the server, read once by the page.
import type { getReturnChanges } from '../../../modules/returns/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import type { getUnit } from '../../../modules/units/contract.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import type { UnitEdition } from '../../app/session.tsx';
import type { Cells } from './cells.ts';
import type { ActTaking } from './use-act.ts';

export interface ReviewParts {
  readonly edition: UnitEdition;
  readonly view: ReturnView;
  readonly cells: Cells;
  /** The caller sits at this unit. */
  readonly own: boolean;
}

export interface ReturnParts extends ReviewParts {
  readonly unit: OutputOf<typeof getUnit>;
}

export type ChangesRead = OutputOf<typeof getReturnChanges>;

export interface ActDialogProps extends Omit<ReviewParts, 'own'> {
  readonly taking: ActTaking;
  readonly onClose: () => void;
}
