// Beside the form, before saving: which cells of the table change (ux C3). Computed here with the server's own rules.
import { getTable } from '../../../modules/figures/contract.ts';
import type { UnitEdition } from '../../app/session.tsx';
import { layoutWith } from '../../../modules/figures/rules.ts';
import type { EntryContent } from '../../../modules/activities/model.ts';
import type { EntryKind, ExtensionIndicator, Indicator } from '../../../modules/editions/model.ts';
import { useRead } from '../../app/queries.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { type EffectLine, effectLinesOf } from './effect-lines.ts';

export interface EffectPreviewProps {
  readonly edition: UnitEdition;
  readonly ledger: { readonly edition: string; readonly unitCode: string };
  readonly kind: EntryKind;
  readonly before: EntryContent | null;
  readonly after: EntryContent;
}

export function EffectPreview({ edition, ledger, kind, before, after }: EffectPreviewProps) {
  const text = useText();
  const words = useEntryText();
  const table = useRead(getTable, ledger, { keep: true });
  const indicators: readonly (Indicator | ExtensionIndicator)[] = [...edition.definition.indicators, ...edition.extensions.map(({ definition }) => definition)];
  const lines = table.data === undefined ? [] : effectLinesOf({ indicators, layout: layoutWith(edition.definition, edition.extensions), own: table.data.own, before, after });
  const counted = indicators.some(({ counting }) => counting.kinds.includes(kind.code));
  return (
    <section className="panel stack-tight entry-effect" aria-label={words.effect.title}>
      <h2>{words.effect.title}</h2>
      {lines.length === 0 ? <p className="hint">{before !== null ? words.effect.same : counted ? words.effect.none : words.effect.noEffect}</p> : (
        <ul className="entry-effects">
          {lines.map((line) => <Line key={line.indicator} line={line} indicator={indicators.find(({ code }) => code === line.indicator)} />)}
        </ul>
      )}
      <details className="small">
        <summary>{words.guidance}</summary>
        <p>{wordsOf(text, kind.guidance)}</p>
      </details>
    </section>
  );
}

export function Line({ line, indicator }: { readonly line: EffectLine; readonly indicator: Indicator | ExtensionIndicator | undefined }) {
  const text = useText();
  const words = useEntryText().effect;
  if (indicator === undefined) return null;
  const { number } = text.format;
  const unit = indicator.unitWord;
  return (
    <li>
      <span className="hint">{words.row(indicator.row)} {text.code === 'zh' ? indicator.label : indicator.englishLabel}</span>
      {line.kind === 'exact' ? <strong className="number">{words.exact(number(line.from), number(line.to), unit)}</strong> : (
        <span>
          {line.added === 0 ? null : <strong className="number">{words.added(number(line.added), unit)}</strong>}
          {line.removed === 0 ? null : <strong className="number"> {words.removed(number(line.removed), unit)}</strong>}
          <span className="hint"> {words.now(number(line.from), unit)}{text.code === 'zh' ? '，' : '; '}{line.added === 0 ? words.removedHint : words.addedHint}</span>
        </span>
      )}
    </li>
  );
}
