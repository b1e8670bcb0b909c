// The table as it is sent, compact, with what changed marked; and the notes to its soft findings.
import type { NotedFinding } from '../../../modules/validation/model.ts';
import { useFiguresText } from '../../language/figures.ts';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Badge } from '../../ui/notice.tsx';
import type { AnnexLine } from '../figures/annex-layout.ts';
import { spoken } from '../figures/findings.tsx';
import { findingsAt } from '../figures/table-view.ts';
import { FormMark, FormsBehind, formsOf } from '../form-reading/forms-behind.tsx';
import { Rows } from './parts.tsx';
import type { ReviewParts } from './return-parts.ts';

export function TableNow({ parts, changed, here }: { readonly parts: ReviewParts; readonly changed: ReadonlySet<string>; /** The cell whose change is being read. */ readonly here: string | null }) {
  const words = useReturnsText();
  const { view, cells } = parts;
  const lines = cells.lines.filter(({ extension }) => !extension || view.frozenExtension !== null);
  return (
    <>
      <h2 id="now">{words.review.now} <span className="hint">{words.history.versionOf(view.frozen?.number ?? 0)}</span></h2>
      <FormsBehind forms={formsOf(view, true)} nameOf={cells.nameOf} />
      <Rows caption={words.review.now} head={[words.review.columns.row, words.review.columns.item, { number: words.review.columns.value }]}>
        {lines.map((line) => <Line key={line.indicator.code} line={line} parts={parts} changed={changed.has(line.indicator.code)} here={line.indicator.code === here} />)}
      </Rows>
    </>
  );
}

function Line({ line, parts, changed, here }: { readonly line: AnnexLine; readonly parts: ReviewParts; readonly changed: boolean; readonly here: boolean }) {
  const text = useText();
  const { indicator, span, extension } = line;
  const { frozen, frozenExtension } = parts.view;
  const value = (extension ? frozenExtension?.total : frozen?.total)?.[indicator.code] ?? 0;
  return (
    <tr id={`row-${indicator.code}`} className={`${changed ? 'review-row-changed' : ''}${here ? ' review-row-here' : ''}`}>
      {span > 0 ? <td rowSpan={span} className="review-row-number">{indicator.row}</td> : null}
      <th scope="row">
        {text.code === 'en' ? indicator.englishLabel : indicator.label}
        <Marks parts={parts} code={indicator.code} changed={changed} />
      </th>
      <td className="number">{text.format.number(value)}{parts.cells.unitWordOf(indicator.code)}</td>
    </tr>
  );
}

function Marks({ parts, code, changed }: { readonly parts: ReviewParts; readonly code: string; readonly changed: boolean }) {
  const text = useText();
  const words = useReturnsText();
  const { table } = useFiguresText();
  const { frozen, findings } = parts.view;
  const adjustments = frozen?.own[code]?.adjustments ?? 0;
  const doubts = findingsAt(findings, code).length;
  const ofForm = frozen?.forms.some(({ figures }) => figures[code] !== undefined) ?? false;
  return (
    <span className="row-tight review-marks">
      {changed ? <Badge tone="action" icon="arrow_right">{words.review.changedMark}</Badge> : null}
      {ofForm ? <FormMark /> : null}
      {adjustments === 0 ? null : <Badge icon="pencil">{table.adjustedMark} {text.format.signed(adjustments)}</Badge>}
      {doubts === 0 ? null : <Badge tone="warn" icon="alert">{table.doubt(doubts)}</Badge>}
    </span>
  );
}

export function NotesBelow({ parts }: { readonly parts: ReviewParts }) {
  const words = useReturnsText().review;
  const soft = parts.view.findings.filter(({ severity }) => severity === 'soft');
  return (
    <div className="stack-tight">
      <h2>{words.notes}</h2>
      {soft.length === 0 ? <p className="hint">{words.noNotes}</p> : <ul className="stack">{soft.map((finding) => <li key={finding.check}><OneNote finding={finding} parts={parts} /></li>)}</ul>}
    </div>
  );
}

function OneNote({ finding, parts }: { readonly finding: NotedFinding; readonly parts: ReviewParts }) {
  const text = useText();
  const { findings } = useFiguresText();
  return (
    <div className="return-finding return-finding-soft">
      <strong>{findings.soft} · {parts.cells.nameOf(finding.indicator)}</strong>
      <span>{spoken(finding, parts.edition, parts.cells.nameOf, findings, text).what}</span>
      <span><strong>{findings.note}：</strong>{finding.note ?? findings.noNote}</span>
    </div>
  );
}
