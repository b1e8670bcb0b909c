// Which forms of a unit may be taken along: sealed versions, newest first, then for its own people the draft. Knows no DOM.
import type { ReturnView } from '../../../modules/returns/model.ts';

export interface SheetChoice {
  readonly version: number | 'draft';
  readonly sealedAt: string | null;
}

/** From above only versions that were submitted; the acts seen from there are those of such versions. */
export function choicesOf(view: Pick<ReturnView, 'basis' | 'acts'>): SheetChoice[] {
  const submitted = new Set(view.acts.filter(({ act }) => act === 'submit').map(({ returnVersion }) => returnVersion));
  const sealed = view.acts
    .filter(({ act, returnVersion }) => act === 'seal' && (view.basis === 'own' || submitted.has(returnVersion)))
    .map(({ returnVersion, at }): SheetChoice => ({ version: returnVersion, sealedAt: at }))
    .sort((a, b) => Number(b.version) - Number(a.version));
  return view.basis === 'own' ? [...sealed, { version: 'draft', sealedAt: null }] : sealed;
}
