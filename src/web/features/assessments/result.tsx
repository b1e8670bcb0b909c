// What an assessment came to: score, radar chart with its table, and what to do. Counted by the rules the server counts by.
import type { Answers, ItemBank } from '../../../modules/assessments/model.ts';
import { evaluate, planOf, pointsText, radarCorners, type Result, sharesOf } from '../../../modules/assessments/rules.ts';
import { useAssessmentsText } from '../../language/assessments.ts';
import { useText } from '../../language/text.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';
import './assessments.css';

const radius = 100;
const cornersOf = (shares: readonly number[]): string => radarCorners(shares, radius).map(({ x, y }) => `${x},${y}`).join(' ');

function Radar({ result }: { readonly result: Result }) {
  const words = useAssessmentsText().result;
  const shares = sharesOf(result);
  const labels = radarCorners(shares.map(() => 1.14), radius);
  return (
    <svg className="assessment-radar" role="img" aria-label={words.chart} viewBox="-125 -125 250 250">
      {[0.25, 0.5, 0.75, 1].map((ring) => <polygon key={ring} points={cornersOf(shares.map(() => ring))} fill="none" stroke="currentColor" strokeOpacity="0.35" strokeWidth="0.6" />)}
      {radarCorners(shares.map(() => 1), radius).map(({ x, y }) => <line key={`${x} ${y}`} x1="0" y1="0" x2={x} y2={y} stroke="currentColor" strokeOpacity="0.35" strokeWidth="0.6" />)}
      <polygon points={cornersOf(shares.map(({ share }) => share))} fill="currentColor" fillOpacity="0.2" stroke="currentColor" strokeWidth="2" />
      {labels.map(({ x, y }, at) => <text key={shares[at]?.code} x={x} y={y + 4} textAnchor="middle" fontSize="12" fill="currentColor">{shares[at]?.code}</text>)}
    </svg>
  );
}

export function AssessmentResult({ bank, answers }: { readonly bank: ItemBank; readonly answers: Answers }) {
  const { code: language } = useText();
  const words = useAssessmentsText();
  const result = evaluate(bank, answers);
  const said = (sentence: { readonly zh: string; readonly en: string }): string => (language === 'en' ? sentence.en : sentence.zh);
  const items = new Map(bank.dimensions.flatMap((one) => one.items.map((item) => [item.code, item])));
  const plan = planOf(bank, result);
  return (
    <div className="stack">
      <p><strong>{words.result.score(pointsText(result.score))}</strong> <Badge tone={result.passes ? 'ok' : 'warn'}>{words.bands[result.band]}</Badge></p>
      <p>{result.passes ? words.result.passes(String(bank.passes)) : words.result.fails(String(bank.passes))}{language === 'en' ? '. ' : '。'}{words.weights}</p>
      {bank.vetoes.filter(({ code }) => result.vetoes.includes(code)).map(({ code, text }) => <Notice key={code} tone="error"><p>{said(text)}</p></Notice>)}
      {result.gated ? <p>{words.result.gated}</p> : null}
      <h3>{words.result.dimensions}</h3>
      <div className="assessment-beside">
        <Radar result={result} />
        <div className="table-scroll">
          <table className="table">
            <thead><tr><th>{words.result.dimension}</th><th>{words.result.points}</th><th>{words.result.weight}</th><th>{words.result.share}</th></tr></thead>
            <tbody>{result.dimensions.filter(({ weight }) => weight > 0).map(({ code, points, weight }) => <tr key={code}><th scope="row">{code} {said(bank.dimensions.find((one) => one.code === code)?.title ?? { zh: '', en: '' })}</th><td>{pointsText(points)}</td><td>{pointsText(weight)}</td><td>{Math.round((points * 100) / weight)}%</td></tr>)}</tbody>
          </table>
        </div>
      </div>
      <h3>{words.result.plan}</h3>
      {plan.length === 0 ? <p>{words.result.planNone}</p> : (
        <ol className="assessment-plan">
          {plan.map(({ code, status, lost, urgent }) => {
            const item = items.get(code);
            return item === undefined ? null : (
              <li key={code}>
                {urgent ? <Badge tone="warn">{words.result.urgent}</Badge> : null} <strong>{code} {said(item.text)}</strong> <span className="hint">{words.statuses[status]} {lost === 0 ? words.result.free : words.result.lost(pointsText(lost))}</span>
                <br />{said(item.advice)}
                {(answers[code]?.note ?? '') === '' ? null : <><br /><span className="hint">{answers[code]?.note}</span></>}
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
