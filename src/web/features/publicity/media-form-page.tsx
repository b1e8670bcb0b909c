// A media item written down for the first time, or changed: doubles are shown while it is typed.
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { listEvidence } from '../../../modules/evidence/contract.ts';
import type { EditionDefinition } from '../../../modules/editions/model.ts';
import { addMediaItem, editMediaItem, findMediaDoubles, getMediaItem, listMediaItems } from '../../../modules/publicity/contract.ts';
import type { MediaDouble, MediaItem, MediaItemContent } from '../../../modules/publicity/model.ts';
import { isListed } from '../../../modules/publicity/rules.ts';
import { issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { today } from '../../app/server-clock.ts';
import { useEdition, useSeat } from '../../app/session.tsx';
import { useSettled } from '../../app/settled.ts';
import { usePublicityText } from '../../language/publicity.ts';
import { useText, wordsOf } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { EvidenceField } from '../activities/evidence-field.tsx';
import type { KeptFile } from '../activities/entry-form-state.ts';
import { useUploads } from '../activities/entry-form-uploads.ts';
import './publicity.css';

export function NewMediaPage() {
  const { form: words } = usePublicityText();
  const edition = useEdition(useSeat().unitCode);
  return <><PageTitle title={words.create} /><Shown read={edition}>{({ definition }) => <MediaForm item={null} files={[]} definition={definition} />}</Shown></>;
}

export function EditMediaPage() {
  const { form: words } = usePublicityText();
  const seat = useSeat();
  const { id = '' } = useParams();
  const edition = useEdition(seat.unitCode);
  const read = useRead(getMediaItem, { edition: seat.edition, id });
  const entry = read.data?.item.entryId ?? null;
  const files = useRead(listEvidence, { id: entry ?? '' }, { when: entry !== null });
  const form = (definition: EditionDefinition, item: MediaItem, kept: readonly KeptFile[]) => <MediaForm key={item.id} item={item} files={kept} definition={definition} />;
  return (
    <>
      <PageTitle title={words.edit} />
      <Shown read={edition}>{({ definition }) => <Shown read={read}>{({ item }) => (entry === null ? form(definition, item, []) : <Shown read={files}>{({ evidence }) => form(definition, item, evidence)}</Shown>)}</Shown>}</Shown>
    </>
  );
}

interface MediaFormProps {
  readonly item: MediaItem | null;
  readonly files: readonly KeptFile[];
  readonly definition: EditionDefinition;
}

interface Typed {
  readonly title: string;
  readonly outlet: string;
  readonly level: string;
  readonly link: string;
  readonly publishedOn: string;
  readonly origin: string;
  readonly originalId: string;
  readonly windowReason: string;
}

function typedOf(content: MediaItemContent | undefined): Typed {
  if (content === undefined) return { title: '', outlet: '', level: 'own', link: '', publishedOn: today(), origin: 'original', originalId: '', windowReason: '' };
  const { title, outlet, level, link, publishedOn, origin, originalId, windowReason } = content;
  return { title, outlet, level, link, publishedOn, origin, originalId: originalId ?? '', windowReason: windowReason ?? '' };
}

function contentOf({ windowReason, originalId, origin, ...typed }: Typed, evidence: readonly string[]): MediaItemContent {
  const repost = origin === 'repost';
  return { ...typed, origin: repost ? 'repost' : 'original', originalId: repost && originalId !== '' ? originalId : null, windowReason: windowReason.trim() === '' ? null : windowReason, evidence: repost ? [] : [...evidence] };
}

/** Issues of the item, and those of the entry it counts as, by the name of the form's field. */
const fieldOf = (path: string): string => path.replace(/^content\./, '').replace(/^values\./, '').replace(/^occurredOn$/, 'publishedOn').replace(/\..*$/, '');

function MediaForm({ item: opened, files, definition }: MediaFormProps) {
  const text = useText();
  const { form: words } = usePublicityText();
  const seat = useSeat();
  const navigate = useNavigate();
  const [item] = useState(opened);
  const [typed, setTyped] = useState(() => typedOf(opened?.content));
  const [kept, setKept] = useState(files);
  const [confirmed, setConfirmed] = useState(false);
  const [pressed, setPressed] = useState(false);
  const uploads = useUploads({ edition: seat.edition, unitCode: seat.unitCode }, (file) => setKept((all) => [...all, file]));
  const add = useCommand(addMediaItem);
  const edit = useCommand(editMediaItem);
  const failure = add.failure ?? edit.failure;
  const issues = issuesOf(failure);
  const wrong = (field: string): string | null => {
    const issue = issues.find(({ path }) => fieldOf(path) === field);
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const own = (field: keyof Typed) => ({ value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }), error: wrong(field) });
  const outletTyped = (outlet: string): void => setTyped({ ...typed, outlet, ...(isListed(outlet, definition.centralMedia) ? { level: 'central' } : typed.level === 'central' ? { level: 'own' } : {}) });
  const repost = typed.origin === 'repost';
  const doubles = useDoubles(typed, item);
  const waiting = !repost && uploads.list.length > 0;
  const save = async (): Promise<void> => {
    setPressed(true);
    if (waiting) return;
    const content = contentOf(typed, kept.map(({ id }) => id));
    const saved = item === null ? await add.run({ edition: seat.edition, unitCode: seat.unitCode, content, confirmed }) : await edit.run({ edition: seat.edition, id: item.id, version: item.version, content, confirmed });
    if (saved === null) return;
    tell({ text: words.saved });
    void navigate(`${seat.base}/publicity`);
  };
  const levels = definition.kinds.find(({ code }) => code === 'media_item')?.fields.find(({ code }) => code === 'level')?.options ?? [];
  return (
    <Form className="stack publicity-form" onSubmit={save}>
      <FailureNotice failure={failure} kept="typed" />
      <TextField label={words.name} maxLength={100} {...own('title')} />
      <TextField label={words.outlet} maxLength={60} list="central-media" {...own('outlet')} onValue={outletTyped} />
      <datalist id="central-media">{definition.centralMedia.map((one) => <option key={one} value={one}>{one}</option>)}</datalist>
      <SelectField label={words.level} hint={words.levelHint} {...own('level')} options={levels.map(({ code, name }) => ({ value: code, label: wordsOf(text, name) }))} />
      <TextField label={words.link} hint={words.linkHint} optional maxLength={300} inputMode="url" {...own('link')} />
      <TextField type="date" label={words.day} {...own('publishedOn')} />
      <SelectField label={words.origin} {...own('origin')} options={[{ value: 'original', label: words.origins.original }, { value: 'repost', label: words.origins.repost }]} />
      {repost ? <OriginalField except={item?.id ?? null} {...own('originalId')} /> : (
        <>
          <TextField label={words.windowReason} hint={words.windowHint} optional maxLength={200} {...own('windowReason')} />
          <EvidenceField id="media-evidence" kept={kept} uploads={uploads} onRemove={(id) => setKept(kept.filter((file) => file.id !== id))} error={pressed && waiting ? words.uploading : wrong('evidence')} />
        </>
      )}
      {doubles.length === 0 || repost ? null : <Doubles doubles={doubles} confirmed={confirmed} onConfirmed={setConfirmed} />}
      <div className="row">
        <Button kind="primary" icon="check" type="submit" busy={add.busy || edit.busy}>{words.save}</Button>
        <LinkButton kind="quiet" to={`${seat.base}/publicity`}>{words.cancel}</LinkButton>
      </div>
    </Form>
  );
}

function useDoubles({ title, link }: Typed, item: MediaItem | null): readonly MediaDouble[] {
  const seat = useSeat();
  const settled = useSettled(JSON.stringify([title.trim(), link.trim()]), 400);
  const [ofTitle = '', ofLink = ''] = JSON.parse(settled) as string[];
  const read = useRead(findMediaDoubles, { edition: seat.edition, unitCode: seat.unitCode, title: ofTitle, link: ofLink, ...(item === null ? {} : { except: item.id }) }, { when: ofTitle.length > 1 || ofLink !== '', keep: true });
  return ofTitle.length > 1 || ofLink !== '' ? (read.data?.doubles ?? []) : [];
}

function Doubles({ doubles, confirmed, onConfirmed }: { readonly doubles: readonly MediaDouble[]; readonly confirmed: boolean; readonly onConfirmed: (confirmed: boolean) => void }) {
  const text = useText();
  const { form: words } = usePublicityText();
  return (
    <Notice tone="warn">
      <p>{words.doubles}</p>
      <ul>{doubles.map(({ id, title, outlet, publishedOn, signs }) => <li key={id}>{text.format.list([title, outlet, text.format.date(publishedOn), ...signs.map((sign) => words.signs[sign])])}</li>)}</ul>
      <CheckField label={words.confirmed} checked={confirmed} onChecked={onConfirmed} />
    </Notice>
  );
}

function OriginalField({ except, value, onValue, error }: { readonly except: string | null; readonly value: string; readonly onValue: (value: string) => void; readonly error: string | null }) {
  const { form: words } = usePublicityText();
  const seat = useSeat();
  const read = useRead(listMediaItems, { edition: seat.edition, unitCode: seat.unitCode, originals: 'true', limit: 200 });
  const options = (read.data?.items ?? []).filter(({ id }) => id !== except).map(({ id, content }) => ({ value: id, label: content.title }));
  return <SelectField label={words.original} empty={words.elsewhere} value={value} onValue={onValue} error={error} options={options} />;
}
