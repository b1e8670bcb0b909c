// In the frame: how many records wait on this device, how long already, and that a newer version of the application waits.
import { useEffect, useState } from 'react';
import { LinkButton, Button } from '../../ui/button.tsx';
import { useMe, useSeat } from '../../app/session.tsx';
import { useOfflineText } from '../../language/offline.ts';
import { useText } from '../../language/text.tsx';
import { useVisitsText } from '../../language/visits.ts';
import { onArrival, useOutbox, watchOutbox } from '../../offline/outbox.ts';
import { tallyOf } from '../../offline/outbox-rules.ts';
import { setUpWorker, takeNewVersion, useNewVersion } from '../../offline/registration.ts';
import { Notice } from '../../ui/notice.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useMinute } from './minute.ts';

export function OutboxBadge() {
  const text = useText();
  const words = useOfflineText();
  const saved = useVisitsText().form.saved;
  const me = useMe();
  const seat = useSeat();
  const outbox = useOutbox();
  const now = useMinute();
  useEffect(() => {
    watchOutbox();
    void setUpWorker();
  }, []);
  useEffect(() => onArrival((record) => tell({ text: saved(record.content?.enterprise.name ?? '') })), [saved]);
  const { waiting, refused, others } = tallyOf(outbox.records, me.account.id, now);
  if (waiting + refused + others + outbox.unreadable === 0) return null;
  return <LinkButton className="outbox-badge" kind={refused > 0 ? 'danger' : 'secondary'} icon="upload" to={`${seat.base}/outbox`}>{text.format.number(waiting + refused + others)}<span className="outbox-words">{words.badge}</span></LinkButton>;
}

/** Where notices of a page stand: records that have lain here for long, and a newer version. */
export function OutboxNotices() {
  const words = useOfflineText();
  const me = useMe();
  const seat = useSeat();
  const outbox = useOutbox();
  const now = useMinute();
  const newer = useNewVersion();
  const [later, setLater] = useState(false);
  const { age } = tallyOf(outbox.records, me.account.id, now);
  return (
    <>
      {age === 'fresh' ? null : <Notice tone={age === 'days' ? 'error' : 'warn'}><p>{age === 'days' ? words.days : words.day}</p><div><LinkButton to={`${seat.base}/outbox`}>{words.title}</LinkButton></div></Notice>}
      {newer && !later ? <div role="status"><Notice><p>{words.version.text}</p><div className="row-tight"><Button kind="primary" icon="refresh" onClick={takeNewVersion}>{words.version.take}</Button><Button kind="quiet" onClick={() => setLater(true)}>{words.version.later}</Button></div></Notice></div> : null}
    </>
  );
}
