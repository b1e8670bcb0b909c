// 重点企业服务覆盖: how far lists of key enterprises are served, own level and jurisdiction, by kind of enterprise and of activity, by unit.
import type { OutputOf } from '../../../shared/endpoint.ts';
import { getCoverage } from '../../../modules/enterprises/contract.ts';
import type { Coverage, UnitCoverage } from '../../../modules/enterprises/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useEnterprisesText } from '../../language/enterprises.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExportButton } from '../exports/export-button.tsx';
import { shareOf } from './register-filter.ts';
import './enterprises.css';

export function CoveragePage() {
  const words = useEnterprisesText();
  const seat = useSeat();
  const read = useRead(getCoverage, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <>
      <PageTitle
        title={words.coverage.title}
        aside={<><ExportButton edition={seat.edition} unitCode={seat.unitCode} subjects={[{ kind: 'coverage' }]} /><LinkButton icon="arrow_left" to={`${seat.base}/enterprises`}>{words.one.back}</LinkButton></>}
      />
      <Shown read={read}>{(answer) => <Covered answer={answer} />}</Shown>
    </>
  );
}

function Covered({ answer: { own, total, units } }: { readonly answer: OutputOf<typeof getCoverage> }) {
  const words = useEnterprisesText().coverage;
  const seat = useSeat();
  const acts = <div className="row-tight"><LinkButton kind="primary" icon="upload" to={`${seat.base}/ledger/import?subject=targets`}>{words.toImport}</LinkButton><LinkButton to={`${seat.base}/enterprises`}>{words.toRegister}</LinkButton></div>;
  return (
    <div className="stack">
      {units.length === 0 ? null : (
        <section className="panel stack">
          <h2>{words.total}</h2>
          <p className="hint">{words.totalHint}</p>
          {total.targets === 0 ? <Empty>{words.noneBelow}</Empty> : <Below total={total} />}
        </section>
      )}
      {units.length === 0 || total.targets === 0 ? null : <Units units={units} />}
      <section className="panel stack">
        <h2>{words.own}</h2>
        <p className="hint">{words.ownHint}</p>
        {own.targets === 0 ? <Empty action={acts}>{words.none}</Empty> : (
          <>
            <Level coverage={own} />
            <Drill own={own} />
          </>
        )}
      </section>
    </div>
  );
}

/** The kinds come after the rest: they are counted from every entry below. */
function Below({ total }: { readonly total: Coverage }) {
  const seat = useSeat();
  const byKind = useRead(getCoverage, { edition: seat.edition, unitCode: seat.unitCode, byKind: 'true' });
  return <Level coverage={byKind.data?.total ?? total} />;
}

function Drill({ own }: { readonly own: Coverage }) {
  const text = useText();
  const words = useEnterprisesText().coverage;
  const seat = useSeat();
  const left = own.targets - own.served;
  return (
    <div className="row-tight screen-only">
      {left === 0 ? null : <LinkButton kind="primary" icon="arrow_right" to={`${seat.base}/enterprises?target=yes&served=no`}>{words.seeLeft(text.format.number(left))}</LinkButton>}
      <LinkButton to={`${seat.base}/enterprises?target=yes`}>{words.see}</LinkButton>
    </div>
  );
}

function Level({ coverage }: { readonly coverage: Coverage }) {
  const text = useText();
  const { tags, coverage: words } = useEnterprisesText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const { number } = text.format;
  const kindName = (code: string): string => {
    const kind = edition.data?.definition.kinds.find((one) => one.code === code);
    return kind === undefined ? code : wordsOf(text, kind.name);
  };
  return (
    <>
      <p className="strong coverage-headline">{words.headline(number(coverage.targets), number(coverage.served))}</p>
      <Bar {...coverage} />
      <div className="coverage-columns">
        <div className="stack-tight">
          <h3>{words.byTag}</h3>
          <ul className="coverage-list">
            {coverage.tags.map(({ tag, targets, served }) => <li key={tag}><span>{tags[tag]}</span><Bar targets={targets} served={served} /></li>)}
          </ul>
        </div>
        <div className="stack-tight">
          <h3>{words.byKind}</h3>
          <p className="hint">{words.byKindHint}</p>
          <ul className="coverage-list">
            {coverage.kinds.map(({ kind, served }) => <li key={kind}><span>{kindName(kind)}</span><Bar targets={coverage.targets} served={served} /></li>)}
          </ul>
        </div>
      </div>
    </>
  );
}

/** A share drawn and said: the figures stand beside it, so the bar itself is for the eye only. */
function Bar({ targets, served }: { readonly targets: number; readonly served: number }) {
  const text = useText();
  const words = useEnterprisesText();
  const share = shareOf({ targets, served });
  if (share === null) return <span className="hint">{words.none}</span>;
  return (
    <span className="coverage-bar">
      <span className="coverage-track" aria-hidden="true"><span className="coverage-fill" style={{ inlineSize: `${share}%` }} /></span>
      <span className="nowrap"><span className="visually-hidden">{words.coverage.bar(text.format.number(served), text.format.number(targets))}</span><span aria-hidden="true">{text.format.number(served)} / {text.format.number(targets)}</span>{words.coverage.percent(String(share))}</span>
    </span>
  );
}

function Units({ units }: { readonly units: readonly UnitCoverage[] }) {
  const text = useText();
  const words = useEnterprisesText().coverage;
  const { columns } = words;
  const { number } = text.format;
  return (
    <section className="panel stack">
      <h2>{words.ofUnits}</h2>
      <p className="hint">{words.ofUnitsHint}</p>
      <div className="table-scroll register-cards">
        <table className="table register coverage-units" aria-label={words.ofUnits}>
          <thead><tr><th scope="col">{columns.unit}</th><th scope="col" className="number">{columns.targets}</th><th scope="col" className="number">{columns.served}</th><th scope="col" className="number">{columns.left}</th><th scope="col">{columns.share}</th></tr></thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.unitCode}>
                <th scope="row">{unit.unitName}</th>
                <td className="number"><span className="coverage-label hint">{columns.targets} </span>{number(unit.targets)}</td>
                <td className="number"><span className="coverage-label hint">{columns.served} </span>{number(unit.served)}</td>
                <td className="number"><span className="coverage-label hint">{columns.left} </span>{number(unit.targets - unit.served)}</td>
                <td className="coverage-share"><Bar {...unit} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
