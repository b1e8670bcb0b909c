// The frozen versions: what became of each, its digests and receipt, notes, corrected cells from → to, and the children in it.
import { useState } from 'react';
import { getReturnVersion } from '../../../modules/returns/contract.ts';
import { deltaOf } from '../../../modules/returns/rules.ts';
import type { OutputOf } from '../../../shared/endpoint.ts';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { SealProofOf } from '../seals/seal-proof.tsx';
import { checkName } from './check-name.ts';
import { Rows } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';
import { type VersionLine, versionsOf } from './versions.ts';

export function Versions({ parts }: { readonly parts: ReturnParts }) {
  const words = useReturnsText().versions;
  const versions = versionsOf(parts.view, parts.own);
  if (versions.length === 0) return <Empty>{parts.own ? words.none : words.noneFromAbove}</Empty>;
  return <ul className="return-versions">{versions.map((line, index) => <li key={line.number}><OneVersion line={line} before={versions[index + 1] ?? null} parts={parts} /></li>)}</ul>;
}

interface OneVersionProps {
  readonly line: VersionLine;
  /** The version listed before it. */
  readonly before: VersionLine | null;
  readonly parts: ReturnParts;
}

function OneVersion({ line, before, parts }: OneVersionProps) {
  const words = useReturnsText();
  const [opened, setOpened] = useState(false);
  return (
    <details open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <strong>{words.versions.open(line.number)}</strong>
        {line.sealed ? <Badge tone="action" icon="stamp">{words.versions.sealed}</Badge> : null}
        {line.submittedAt === null ? null : <Badge tone="ok" icon="send">{words.versions.submitted}</Badge>}
        {line.late ? <Badge tone="warn" icon="clock">{words.late}</Badge> : null}
        {line.accepted ? <Badge tone="ok" icon="check">{words.versions.accepted}</Badge> : null}
      </summary>
      {opened ? <Version line={line} before={before} parts={parts} /> : null}
    </details>
  );
}

type Stored = OutputOf<typeof getReturnVersion>;

function Version({ line, before, parts }: OneVersionProps) {
  const seat = useSeat();
  const of = (number: number) => ({ edition: seat.edition, unitCode: parts.view.unit.code, number });
  // A frozen version never changes; its seal may still come.
  const version = useRead(getReturnVersion, of(line.number));
  const earlier = useRead(getReturnVersion, of(before?.number ?? 1), { when: before !== null });
  return <Shown read={version}>{(stored) => <Content stored={stored} earlier={before === null ? null : (earlier.data ?? null)} parts={parts} />}</Shown>;
}

function Content({ stored, earlier, parts }: { readonly stored: Stored; readonly earlier: Stored | null; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const { content, sha256, sm3, seal, extension } = stored;
  return (
    <div className="stack return-version">
      <p>{words.versions.frozenAt(text.format.instant(content.frozenAt), content.preparedBy)}{text.code === 'en' ? '. ' : '。'}{words.versions.ledger(content.ledgerNo, text.format.number(content.entries))}</p>
      <dl className="facts">
        {seal === null ? null : <><dt>{words.versions.receipt}</dt><dd className="return-code">{seal.receiptCode}</dd></>}
        <dt>SM3</dt><dd className="return-digest">{sm3}</dd>
        <dt>SHA-256</dt><dd className="return-digest">{sha256}</dd>
        {seal === null ? null : <SealProofOf receiptCode={seal.receiptCode} />}
      </dl>
      {content.correction === null ? null : (
        <Delta title={words.versions.changedCells} intro={words.versions.correctionOf(content.correction.of, content.correction.reason)} delta={content.correction.delta} parts={parts} />
      )}
      {content.correction !== null || earlier === null ? null : (
        <Delta title={words.versions.changedFrom(earlier.content.number)} intro={null} delta={deltaOf(earlier.content.total, content.total)} parts={parts} />
      )}
      <Figures content={content} parts={parts} />
      {content.notes.length === 0 ? null : (
        <div className="stack-tight">
          <h3>{words.versions.notes}</h3>
          <ul className="return-reasons">{content.notes.map(({ check, note }) => <li key={check}><strong>{checkName(check, parts.edition.definition, parts.cells.nameOf, text.code, words.builtInChecks)}</strong><span>{note}</span></li>)}</ul>
        </div>
      )}
      {content.children.length === 0 ? null : <Children content={content} />}
      {extension === null ? null : <p className="hint">{words.versions.extension}</p>}
    </div>
  );
}

function Delta({ title, intro, delta, parts }: { readonly title: string; readonly intro: string | null; readonly delta: { readonly [cell: string]: { readonly from: number; readonly to: number } }; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText().versions;
  const { cells } = parts;
  const changed = cells.codes.filter((code) => delta[code] !== undefined);
  return (
    <div className="stack-tight">
      <h3>{title}</h3>
      {intro === null ? null : <p>{intro}</p>}
      {changed.length === 0 ? <p>{words.same}</p> : (
        <ul className="return-reasons">
          {changed.map((code) => (
            <li key={code}><strong>{cells.nameOf(code)}</strong><span className="number">{words.fromTo(text.format.number(delta[code]?.from ?? 0), text.format.number(delta[code]?.to ?? 0))}{cells.unitWordOf(code)}</span></li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Figures({ content, parts }: { readonly content: Stored['content']; readonly parts: ReturnParts }) {
  const text = useText();
  const words = useReturnsText();
  const figures = useFiguresText().table;
  const { cells } = parts;
  const upper = content.children.length > 0 || content.missing.length > 0;
  return (
    <details className="return-inner">
      <summary>{words.sections.table}</summary>
      <Rows caption={words.sections.table} head={[words.asOf.item, ...(upper ? [{ number: figures.ownColumn }, { number: figures.childrenColumn }] : []), { number: words.difference.total }]}>
        {cells.codes.map((code) => {
          const own = content.own[code]?.value ?? 0;
          const total = content.total[code] ?? 0;
          return (
            <tr key={code}>
              <th scope="row">{cells.nameOf(code)}</th>
              {upper ? <><td className="number">{text.format.number(own)}</td><td className="number">{text.format.number(total - own)}</td></> : null}
              <td className="number">{text.format.number(total)}{cells.unitWordOf(code)}</td>
            </tr>
          );
        })}
      </Rows>
    </details>
  );
}

function Children({ content }: { readonly content: Stored['content'] }) {
  const words = useReturnsText();
  const { childColumns, children } = words.versions;
  return (
    <details className="return-inner">
      <summary>{children(content.children.length)}</summary>
      <Rows caption={children(content.children.length)} head={[childColumns.unit, childColumns.version, `${childColumns.digest} SHA-256`]}>
        {content.children.map((child) => (
          <tr key={child.unitCode}>
            <th scope="row">{child.name}{child.late ? <> <Badge tone="warn" icon="clock">{words.late}</Badge></> : null}</th>
            <td className="nowrap">{words.history.versionOf(child.version)}</td>
            <td className="return-digest">{child.sha256.slice(0, 16)}</td>
          </tr>
        ))}
      </Rows>
    </details>
  );
}
