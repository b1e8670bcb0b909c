// Entries that look like the same activity, pointed out softly while one types (domain 9, question 3). Never in the way.
import { Link } from 'react-router';
import { findTwins } from '../../../modules/activities/contract.ts';
import type { EntryContent, Twin } from '../../../modules/activities/model.ts';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useSettled } from '../../app/settled.ts';
import { useEntryText } from '../../language/entry.ts';
import { useText } from '../../language/text.tsx';
import { Notice } from '../../ui/notice.tsx';

export function Twins({ ledger, content, except }: { readonly ledger: { readonly edition: string; readonly unitCode: string }; readonly content: EntryContent; readonly except: string | null }) {
  const text = useText();
  const words = useEntryText().twins;
  const { occurredOn, title, place, evidence } = content;
  const asked = useSettled(JSON.stringify({ occurredOn, title, place: place.slice(0, 100), evidence: evidence.join(',') }), 500);
  const question = JSON.parse(asked) as { occurredOn: string; title: string; place: string; evidence: string };
  const when = question.title.length >= 2 && question.title.length <= 100 && /^\d{4}-\d\d-\d\d$/.test(question.occurredOn);
  const found = useRead(findTwins, { ...ledger, ...question, ...(except === null ? {} : { except }) }, { when, keep: true });
  // One place sees several activities a day: that alone is said quietly.
  const twins = when ? (found.data?.twins ?? []).slice(0, 5) : [];
  return (
    <div role="status">
      {twins.length === 0 ? null : (
        <Notice tone={twins.every(({ signs }) => signs.every((sign) => sign === 'same_date_and_place')) ? 'neutral' : 'warn'}>
          <p><strong>{words.title}</strong></p>
          <ul className="stack-tight small">
            {twins.map((twin, index) => (
              <li key={twin.id ?? `${twin.unitCode} ${index}`}>
                {words.line(text.format.shortDate(twin.occurredOn), twin.unitName, twin.title, twin.signs.map(text.problems.twinSign).join(text.code === 'zh' ? '；' : '; '))} <Opened twin={twin} />
              </li>
            ))}
          </ul>
          <p className="hint">{words.hint}</p>
        </Notice>
      )}
    </div>
  );
}

/** Entries of other units are not this person's to open. */
function Opened({ twin }: { readonly twin: Twin }) {
  const seat = useSeat();
  const words = useEntryText().twins;
  return twin.id === null || twin.title === null ? null : <Link to={`${seat.base}/ledger?entry=${twin.id}`} target="_blank">{words.open(twin.title)}</Link>;
}
