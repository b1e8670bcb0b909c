// Whether the seat's unit has units below in this edition: what the menu, the palette and the pages of an upper unit ask.
import { getUnit } from '../../modules/units/contract.ts';
import { useRead } from './queries.ts';
import { useSeat } from './session.tsx';

export function useIsUpper(): boolean {
  const seat = useSeat();
  const unit = useRead(getUnit, { edition: seat.edition, unitCode: seat.unitCode }, { fresh: 300_000 });
  return (unit.data?.children.length ?? 0) > 0;
}
