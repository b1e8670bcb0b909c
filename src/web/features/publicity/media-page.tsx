// Media items of the unit, latest first, and what is in the bin.
import { useState } from 'react';
import { Link } from 'react-router';
import { binMediaItem, listMediaItems } from '../../../modules/publicity/contract.ts';
import type { MediaItem } from '../../../modules/publicity/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSettled } from '../../app/settled.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { usePublicityText } from '../../language/publicity.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { Badge, Empty, FailureNotice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import './publicity.css';

export function MediaPage() {
  const text = useText();
  const { media: words } = usePublicityText();
  const seat = useSeat();
  const [typed, setTyped] = useState('');
  const [originals, setOriginals] = useState(false);
  const [bin, setBin] = useState(false);
  const query = useSettled(typed.trim(), 300);
  const read = useRead(listMediaItems, { edition: seat.edition, unitCode: seat.unitCode, limit: 200, ...(query === '' ? {} : { query }), ...(originals ? { originals: 'true' as const } : {}), ...(bin ? { bin: 'true' as const } : {}) }, { keep: true });
  const add = <LinkButton kind="primary" icon="add" to={`${seat.base}/publicity/new`}>{words.add}</LinkButton>;
  const filtered = query !== '' || originals;
  return (
    <>
      <PageTitle title={words.title} {...(read.data?.mayWrite === true ? { aside: add } : {})} />
      <p className="hint">{words.intro}</p>
      <div><LinkButton kind="quiet" icon="document" to={`${seat.base}/publicity/materials`}>{words.materials}</LinkButton></div>
      <div className="stack-tight publicity-form">
        <TextField label={words.query} maxLength={60} value={typed} onValue={setTyped} />
        <CheckField label={words.originals} checked={originals} onChecked={setOriginals} />
        <CheckField label={words.bin} checked={bin} onChecked={setBin} />
      </div>
      <Shown read={read}>
        {({ items, total, mayWrite }) => (items.length === 0 ? <Empty {...(mayWrite && !filtered && !bin ? { action: add } : {})}>{filtered ? words.noneFound : bin ? words.noneBinned : words.none}</Empty> : (
          <>
            <p className="hint" role="status">{words.total(text.format.number(total))}</p>
            <ul className="media-list" aria-label={words.title}>{items.map((item) => <li key={item.id}><OneItem item={item} mayWrite={mayWrite} /></li>)}</ul>
          </>
        ))}
      </Shown>
    </>
  );
}

function OneItem({ item, mayWrite }: { readonly item: MediaItem; readonly mayWrite: boolean }) {
  const text = useText();
  const { media: words } = usePublicityText();
  const seat = useSeat();
  const edition = useEdition(seat.unitCode);
  const bin = useCommand(binMediaItem);
  const { id, content, entryId, reposts, binned, version, demonstration } = item;
  const level = edition.data?.definition.kinds.find(({ code }) => code === 'media_item')?.fields.find(({ code }) => code === 'level')?.options?.find(({ code }) => code === content.level);
  const put = async (to: boolean, seen: number): Promise<MediaItem | null> => bin.run({ edition: seat.edition, id, version: seen, binned: to });
  const remove = async (): Promise<void> => {
    const saved = await put(true, version);
    if (saved !== null) tell({ text: words.removed, undo: async () => (await put(false, saved.version)) !== null });
  };
  return (
    <div className="media-item">
      <FailureNotice failure={bin.failure} kept="nothing" />
      <div className="row-apart">
        <strong>{content.title}</strong>
        <span className="row-tight">
          {demonstration ? <Badge>{words.demonstration}</Badge> : null}
          {content.origin === 'original' ? <Badge tone="ok" icon="check">{words.counted}</Badge> : <Badge icon="copy">{words.repost}</Badge>}
        </span>
      </div>
      <p className="hint">{text.format.list([content.outlet, level === undefined ? content.level : wordsOf(text, level.name), text.format.date(content.publishedOn), ...(reposts === 0 ? [] : [words.reposts(text.format.number(reposts))])])}</p>
      <div className="row">
        {content.link === '' ? null : <a href={content.link} target="_blank" rel="noreferrer">{words.link}</a>}
        {entryId === null ? null : <Link to={`${seat.base}/ledger/${entryId}`}>{words.entry}</Link>}
        {!mayWrite ? null : binned ? <Button kind="quiet" icon="undo" busy={bin.busy} onClick={() => void put(false, version)}>{words.restore}</Button> : (
          <>
            <LinkButton kind="quiet" icon="pencil" to={`${seat.base}/publicity/${id}`}>{words.edit}</LinkButton>
            <Button kind="quiet" icon="trash" busy={bin.busy} onClick={() => void remove()}>{words.remove}</Button>
          </>
        )}
      </div>
    </div>
  );
}
