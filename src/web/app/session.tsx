// Who is signed in, at which unit and in which edition they sit, and whose unit they look at. The URL holds all of it:
// /2023/330110/table, and ?unit=330100 when somebody looks at another unit's page.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { Role } from '../../modules/access/model.ts';
import { getEdition } from '../../modules/editions/contract.ts';
import type { OutputOf } from '../../shared/endpoint.ts';
import type { whoAmI } from '../../modules/sign-in/contract.ts';
import { type Read, useRead } from './queries.ts';

export type Me = OutputOf<typeof whoAmI>;
const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('used outside of a session');
  return me;
}

/** Where a person sits: the unit and edition of the URL, and the roles held there. */
export interface Seat {
  readonly edition: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly unitShortName: string;
  readonly unitKind: string;
  readonly roles: readonly Role[];
  /** `/2023/330110`: every page of this seat begins with it. */
  readonly base: string;
}

export function useSeat(): Seat {
  const me = useMe();
  const { edition = '', seat = '' } = useParams();
  return useMemo(() => {
    const grants = me.account.grants.filter(({ unitCode }) => unitCode === seat);
    const first = grants[0];
    return {
      edition, unitCode: seat, unitName: first?.unitName ?? seat, unitShortName: first?.unitShortName ?? seat, unitKind: first?.unitKind ?? '',
      roles: grants.map(({ role }) => role), base: `/${edition}/${seat}`,
    };
  }, [me, edition, seat]);
}

/** The unit a page is about: `?unit=`, else the seat. */
export function useSubject(): { readonly edition: string; readonly unitCode: string; readonly own: boolean } {
  const seat = useSeat();
  const [parameters] = useSearchParams();
  const unitCode = parameters.get('unit') ?? seat.unitCode;
  return { edition: seat.edition, unitCode, own: unitCode === seat.unitCode };
}

/** Address of a page of this seat about a unit; the seat itself needs no parameter. */
export function pageOf(seat: Pick<Seat, 'base' | 'unitCode'>, page: string, unitCode: string = seat.unitCode, more: { readonly [name: string]: string } = {}): string {
  const parameters = new URLSearchParams(unitCode === seat.unitCode ? more : { unit: unitCode, ...more }).toString();
  return `${seat.base}${page}${parameters === '' ? '' : `?${parameters}`}`;
}

/** An edition as one unit sees it. */
export type UnitEdition = OutputOf<typeof getEdition>;

/** The edition as the given unit sees it: definition, own rows of its province, deadlines. Changes rarely. */
export function useEdition(unitCode: string): Read<typeof getEdition> {
  const seat = useSeat();
  return useRead(getEdition, { edition: seat.edition, unitCode }, { fresh: 60_000 });
}

/** Whether the seat's edition has ended: reading goes on, and nothing offers to write. */
export function useEnded(): boolean {
  return useEdition(useSeat().unitCode).data?.closed ?? false;
}
