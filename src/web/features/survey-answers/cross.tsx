// Answers to one question by those to another; asked for when both are chosen.
import { useState } from 'react';
import { getCrossTable } from '../../../modules/questionnaires/contract/results.ts';
import type { AnswerableQuestion } from '../../../modules/questionnaires/model/definition.ts';
import { isCrossable, percentOf } from '../../../modules/questionnaires/rules/results.ts';
import { useRead } from '../../app/queries.ts';
import { useSurveyAnswersText } from '../../language/survey-answers.ts';
import { useText } from '../../language/text.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Shown } from '../../ui/shown.tsx';
import { labelOf, titleOf } from './labels.ts';
import type { ResultFilter } from './results-page.tsx';

interface CrossProps {
  readonly id: string;
  readonly filter: ResultFilter;
  readonly questions: readonly AnswerableQuestion[];
}

export function Cross({ id, filter, questions }: CrossProps) {
  const words = useSurveyAnswersText().results.cross;
  const text = useText();
  const [sides, setSides] = useState({ row: '', column: '' });
  const options = questions.filter(isCrossable).map((question) => ({ value: question.code, label: titleOf(question, text.code) }));
  const [row, column] = [questions.find(({ code }) => code === sides.row), questions.find(({ code }) => code === sides.column)];
  return (
    <section className="survey-question stack-tight" aria-label={words.title}>
      <h2>{words.title}</h2>
      <div className="row survey-form">
        <SelectField label={words.row} empty="—" value={sides.row} options={options} onValue={(value) => setSides({ ...sides, row: value })} />
        <SelectField label={words.column} empty="—" value={sides.column} options={options} onValue={(value) => setSides({ ...sides, column: value })} />
      </div>
      {row === undefined || column === undefined ? null : <Table id={id} filter={filter} row={row} column={column} />}
    </section>
  );
}

function Table({ id, filter, row, column }: Pick<CrossProps, 'id' | 'filter'> & { readonly row: AnswerableQuestion; readonly column: AnswerableQuestion }) {
  const words = useSurveyAnswersText().results;
  const text = useText();
  const read = useRead(getCrossTable, { id, ...filter, row: row.code, column: column.code });
  const shown = (count: number | null, total: number | null): string => (count === null ? words.cross.hidden : `${text.format.number(count)}${total === null || total === 0 ? '' : ` (${percentOf(count, total) ?? ''}%)`}`);
  return (
    <Shown read={read}>
      {({ base, rows, columns, cells }) => (
        <>
          <p className="hint">{words.base(text.format.number(base))} {words.cross.note}</p>
          <div className="table-scroll" role="region" aria-label={words.cross.title}>
            <table>
              <thead><tr><th scope="col">{titleOf(row, text.code)}</th>{columns.map(({ key }) => <th key={key} scope="col">{labelOf(column, key, text.code)}</th>)}<th scope="col">{words.cross.total}</th></tr></thead>
              <tbody>
                {rows.map(({ key, total }, at) => (
                  <tr key={key}>
                    <th scope="row">{labelOf(row, key, text.code)}</th>
                    {columns.map((one, index) => <td key={one.key} className="survey-number">{shown(cells[at]?.[index] ?? null, total)}</td>)}
                    <td className="survey-number">{shown(total, null)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Shown>
  );
}
