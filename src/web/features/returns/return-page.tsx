// 报送: the life of a unit's return and its acts; below, its history, versions, what stood at a moment, the difference to the
// sum of the units below, and who is missing.
import { getReturn } from '../../../modules/returns/contract.ts';
import { getUnit } from '../../../modules/units/contract.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { pageOf, useEdition, useSeat, useSubject } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Shown } from '../../ui/shown.tsx';
import { ExchangeHistory, PackageLink } from '../packages/on-return.tsx';
import { FormReadingLink, FormsBehind, formsOf } from '../form-reading/forms-behind.tsx';
import { FormDownload } from '../forms/form-download.tsx';
import { SealSection } from '../seals/seal-proof.tsx';
import { AsOf } from './as-of.tsx';
import { useCells } from './cells.ts';
import { DifferenceExplained } from './difference-explained.tsx';
import { History } from './history.tsx';
import { Life } from './life.tsx';
import { Missing } from './missing.tsx';
import { Fold } from './parts.tsx';
import type { ReturnParts } from './return-parts.ts';
import { standsSubmitted } from './versions.ts';
import { Versions } from './version-list.tsx';
import './returns.css';

export function ReturnPage() {
  const words = useReturnsText();
  const figures = useFiguresText();
  const text = useText();
  const subject = useSubject();
  const seat = useSeat();
  const input = { edition: subject.edition, unitCode: subject.unitCode };
  const edition = useEdition(subject.unitCode);
  const unit = useRead(getUnit, input, { fresh: 60_000 });
  const view = useRead(getReturn, input);
  const title = subject.own || unit.data === undefined ? words.title : words.ofUnit(unit.data.unit.name);
  return (
    <div className="return-page">
      <PageTitle
        title={title}
        aside={
          <>
            {subject.own ? null : <LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/return`}>{figures.table.up}</LinkButton>}
            <FormDownload edition={subject.edition} view={view.data} />
            {view.data === undefined ? null : <PackageLink view={view.data} own={subject.own} />}
            {subject.own ? <FormReadingLink /> : null}
            <LinkButton icon="document" to={pageOf(seat, '/report', subject.unitCode)}>{text.shell.pages.report}</LinkButton>
            <LinkButton icon="table" to={pageOf(seat, '/table', subject.unitCode)}>{words.review.toTable}</LinkButton>
          </>
        }
      />
      <Shown read={edition}>
        {(theEdition) => (
          <Shown read={unit}>
            {(theUnit) => <Shown read={view}>{(theView) => <Body key={subject.unitCode} edition={theEdition} unit={theUnit} view={theView} own={subject.own} />}</Shown>}
          </Shown>
        )}
      </Shown>
    </div>
  );
}

function Body(given: Omit<ReturnParts, 'cells'>) {
  const words = useReturnsText();
  const cells = useCells(given.edition);
  const parts: ReturnParts = { ...given, cells };
  const upper = parts.unit.children.length > 0;
  // From above, what is being drafted stays unseen.
  const seesFigures = parts.own || standsSubmitted(parts.view);
  return (
    <>
      <Life parts={parts} />
      {parts.view.seal === null ? null : <SealSection seal={parts.view.seal} />}
      {seesFigures ? <FormsBehind forms={formsOf(parts.view, parts.view.basis === 'submitted')} nameOf={cells.nameOf} /> : null}
      {upper && seesFigures ? <Missing parts={parts} /> : null}
      <section className="panel stack" aria-labelledby="history"><h2 id="history">{words.sections.history}</h2><History parts={parts} /><ExchangeHistory view={parts.view} own={parts.own} /></section>
      <Fold title={words.sections.versions}>{() => <Versions parts={parts} />}</Fold>
      <Fold title={words.sections.asOf}>{() => <AsOf parts={parts} />}</Fold>
      {upper && seesFigures ? <Fold title={words.sections.difference}>{() => <DifferenceExplained parts={parts} />}</Fold> : null}
    </>
  );
}
