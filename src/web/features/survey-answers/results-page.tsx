// What came back, live: counts of every question with their base, cross tables, texts grouped into suggestions, files, and a table for
// the research report.
import { lazy, Suspense, useMemo, useState } from 'react';
import { getResults } from '../../../modules/questionnaires/contract/results.ts';
import type { AnswerableQuestion } from '../../../modules/questionnaires/model/definition.ts';
import type { Results, Tally } from '../../../modules/questionnaires/model/results.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Empty, Notice } from '../../ui/notice.tsx';
import { Loading, Shown } from '../../ui/shown.tsx';
import { AnswerExport } from './answer-export.tsx';
import { Cross } from './cross.tsx';
import { InsertIntoReport } from './insert-into-report.tsx';
import { barsWith, type LabelledBar, questionByCode, rowLabel, titleOf } from './labels.ts';
import { SurveyNav, useSurveyId } from './parts.tsx';
import { Texts } from './texts.tsx';

const AnswerChart = lazy(async () => ({ default: (await import('./answer-chart.tsx')).AnswerChart }));

export interface ResultFilter {
  readonly channel?: string;
  readonly from?: string;
  readonly to?: string;
}

export function ResultsPage() {
  const words = useSurveyAnswersText().results;
  const id = useSurveyId();
  const [filter, setFilter] = useState<ResultFilter>({});
  const read = useRead(getResults, { id, ...filter }, { keep: true });
  return (
    <>
      <PageTitle title={read.data?.title ?? words.title} />
      <SurveyNav here="results" />
      <Shown read={read}>{(results) => <Found id={id} results={results} filter={filter} onFilter={setFilter} />}</Shown>
    </>
  );
}

interface FoundProps {
  readonly id: string;
  readonly results: Results;
  readonly filter: ResultFilter;
  readonly onFilter: (filter: ResultFilter) => void;
}

function Found({ id, results, filter, onFilter }: FoundProps) {
  const words = useSurveyAnswersText().results;
  const text = useText();
  const questions = useMemo(() => questionByCode(results.definition), [results.definition]);
  const { answers, chosen, total, anonymous, withheld, tallies, may } = results;
  if (answers === 0) return <Empty>{words.none}</Empty>;
  const filtered = filter.channel !== undefined || filter.from !== undefined;
  return (
    <div className="stack">
      <p><strong>{words.counts(text.format.number(answers), text.format.number(total.issued), text.format.number(total.returned))}</strong></p>
      {anonymous ? <p className="hint">{words.anonymous}</p> : null}
      <Filters results={results} filter={filter} onFilter={onFilter} />
      {filtered ? <p role="status">{words.chosen(text.format.number(chosen))}</p> : null}
      {withheld ? <Notice tone="warn"><p>{words.withheld}</p></Notice> : null}
      {tallies.map((tally) => {
        const question = questions.get(tally.question);
        return question === undefined ? null : <OneQuestion key={tally.question} question={question} tally={tally} mayInsert={may.includes('texts') && !filtered} />;
      })}
      {withheld ? null : <Cross id={id} filter={filter} questions={[...questions.values()]} />}
      {may.includes('texts') ? <Texts id={id} questions={[...questions.values()]} /> : <p className="hint">{words.upward}</p>}
      {may.includes('export') ? <AnswerExport id={id} /> : null}
    </div>
  );
}

function Filters({ results: { channels, periods, anonymous }, filter, onFilter }: Pick<FoundProps, 'results' | 'filter' | 'onFilter'>) {
  const words = useSurveyAnswersText().results;
  const text = useText();
  const named = (name: string, answers: number, open: boolean): string => (open ? words.part(name, text.format.number(answers)) : words.tooFew(name));
  const period = filter.from === undefined ? '' : `${filter.from} ${filter.to ?? ''}`;
  return (
    <div className="row survey-form">
      <SelectField
        label={words.channel} empty={words.all} value={filter.channel ?? ''}
        options={channels.filter(({ answers }) => answers > 0).map(({ id, name, answers, open }) => ({ value: id, label: named(name, answers, open) }))}
        onValue={(channel) => {
          const { from, to } = filter;
          onFilter({ ...(channel === '' ? {} : { channel }), ...(anonymous || from === undefined || to === undefined ? {} : { from, to }) });
        }}
      />
      <SelectField
        label={words.period} empty={words.all} value={period}
        options={periods.map(({ from, to, answers, open }) => ({ value: `${from} ${to}`, label: named(from === to ? text.format.shortDate(from) : `${text.format.shortDate(from)}–${text.format.shortDate(to)}`, answers, open) }))}
        onValue={(value) => {
          const [from = '', to = ''] = value.split(' ');
          const channel = anonymous || filter.channel === undefined ? {} : { channel: filter.channel };
          onFilter(value === '' ? channel : { ...channel, from, to });
        }}
      />
    </div>
  );
}

function OneQuestion({ question, tally, mayInsert }: { readonly question: AnswerableQuestion; readonly tally: Tally; readonly mayInsert: boolean }) {
  const words = useSurveyAnswersText().results;
  const text = useText();
  const language = text.code;
  const bars = useMemo(() => barsWith(question, tally.bars, tally.base, language), [question, tally, language]);
  const [charted, setCharted] = useState(true);
  const title = titleOf(question, language);
  return (
    <section className="survey-question stack-tight" aria-label={title}>
      <div className="row-apart">
        <h2>{title}</h2>
        {bars.length === 0 ? null : <Button kind="quiet" icon={charted ? 'table' : 'chart'} onClick={() => setCharted(!charted)}>{charted ? words.table : words.chart}</Button>}
      </div>
      <p className="hint">{words.base(text.format.number(tally.base))}{tally.mean === null || tally.median === null ? '' : ` ${words.mean(String(tally.mean), String(tally.median))}`}</p>
      {question.kind === 'text' || question.kind === 'date' ? <p className="hint">{words.written}</p> : null}
      {bars.length === 0 ? null : charted ? <Suspense fallback={<Loading />}><AnswerChart bars={bars} summary={text.format.list(bars.map((bar) => `${bar.label} ${String(bar.count)}`))} /></Suspense> : <BarTable bars={bars} caption={title} />}
      {question.kind === 'matrix' ? <MatrixTable question={question} tally={tally} /> : null}
      {mayInsert ? <InsertIntoReport question={question} tally={tally} /> : null}
    </section>
  );
}

function BarTable({ bars, caption }: { readonly bars: readonly LabelledBar[]; readonly caption: string }) {
  const words = useSurveyAnswersText().results;
  const text = useText();
  return (
    <div className="table-scroll" role="region" aria-label={caption}>
      <table>
        <thead><tr><th scope="col">{words.option}</th><th scope="col">{words.count}</th><th scope="col">{words.share}</th></tr></thead>
        <tbody>{bars.map(({ key, label, count, share }) => <tr key={key}><th scope="row">{label}</th><td className="survey-number">{text.format.number(count)}</td><td className="survey-number">{share === null ? '—' : `${share}%`}</td></tr>)}</tbody>
      </table>
    </div>
  );
}

function MatrixTable({ question, tally }: { readonly question: Extract<AnswerableQuestion, { kind: 'matrix' }>; readonly tally: Tally }) {
  const text = useText();
  const words = useSurveyAnswersText().results;
  return (
    <div className="table-scroll" role="region" aria-label={titleOf(question, text.code)}>
      <table>
        <thead><tr><th scope="col">{words.option}</th>{barsWith(question, tally.rows[0]?.bars ?? [], 0, text.code).map(({ key, label }) => <th key={key} scope="col">{label}</th>)}</tr></thead>
        <tbody>
          {tally.rows.map(({ row, base, bars }) => (
            <tr key={row}><th scope="row">{rowLabel(question, row, text.code)}</th>{barsWith(question, bars, base, text.code).map(({ key, count, share }) => <td key={key} className="survey-number">{text.format.number(count)}{share === null ? '' : ` (${share}%)`}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
