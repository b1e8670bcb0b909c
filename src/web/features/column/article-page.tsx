// One article: written in a few plain marks, previewed as the public will see it, offered, published by another, taken down.
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { actOnArticle, createArticle, decideArticle, getArticle, readColumnPicture, saveArticle, uploadColumnPicture } from '../../../modules/column/contract.ts';
import { type ArticleAct, type ArticleBlock, type ArticleDocument, articleKind, type ArticleRun, type ArticleView, editorialAct, publishingAct } from '../../../modules/column/model.ts';
import { blocksOf, typedOf } from '../../../modules/column/rules/markup.ts';
import { addressOf, upload } from '../../app/client.ts';
import { type Failure, failureOf, issuesOf } from '../../app/failure.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useColumnText } from '../../language/column.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { chosen } from '../../app/chosen.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import './column.css';

interface Typed {
  readonly title: string;
  readonly summary: string;
  readonly origin: string;
  readonly text: string;
  /** As a browser's field for day and time gives it; '' for none. */
  readonly notBefore: string;
}

const nothing: Typed = { title: '', summary: '', origin: '', text: '', notBefore: '' };

function typedFrom({ title, summary, origin, blocks, notBefore }: ArticleDocument): Typed {
  return { title, summary, origin, text: typedOf(blocks), notBefore: notBefore === null ? '' : notBefore.slice(0, 16) };
}

function documentOf({ title, summary, origin, text, notBefore }: Typed): ArticleDocument {
  return { title, summary, origin, blocks: blocksOf(text), notBefore: notBefore === '' ? null : `${notBefore}:00.000+08:00` };
}

export function NewArticlePage() {
  const { article: words, kinds } = useColumnText();
  const seat = useSeat();
  const navigate = useNavigate();
  const create = useCommand(createArticle);
  const [kind, setKind] = useState<string>('news');
  const save = async (typed: Typed): Promise<void> => {
    const created = await create.run({ edition: seat.edition, unitCode: seat.unitCode, kind: chosen(articleKind, kind), document: documentOf(typed) });
    if (created === null) return;
    tell({ text: words.saved });
    void navigate(`${seat.base}/column/${created.id}`, { replace: true });
  };
  return (
    <div className="stack">
      <PageTitle title={words.new} />
      <SelectField label={words.kind} value={kind} onValue={setKind} options={articleKind.options.map((value) => ({ value, label: kinds[value] }))} />
      <Editor initial={nothing} busy={create.busy} failure={create.failure} onSave={save} />
    </div>
  );
}

export function ArticlePage() {
  const { id = '' } = useParams();
  const read = useRead(getArticle, { id });
  return <Shown read={read}>{(article) => <OneArticle article={article} />}</Shown>;
}

function OneArticle({ article }: { readonly article: ArticleView }) {
  const { article: words, states, kinds, changes } = useColumnText();
  const text = useText();
  const seat = useSeat();
  const save = useCommand(saveArticle);
  const run = async (typed: Typed): Promise<void> => {
    if ((await save.run({ id: article.id, version: article.version, document: documentOf(typed) })) !== null) tell({ text: words.saved });
  };
  return (
    <div className="stack">
      <PageTitle title={article.title} />
      <p>{kinds[article.kind]} <Badge tone={article.state === 'published' ? 'ok' : article.state === 'offered' ? 'warn' : 'neutral'}>{states[article.state]}</Badge></p>
      {article.publishedVersion !== null && article.state !== 'published' ? <Notice tone="warn"><p>{words.publicNow}</p></Notice> : null}
      <Acts article={article} />
      {article.maySave ? <Editor key={article.version} initial={typedFrom(article.document)} busy={save.busy} failure={save.failure} onSave={run} /> : <Preview document={article.document} />}
      <h2>{words.versions}</h2>
      <ol className="column-list">{article.versions.map(({ version, change, accountName, at, reason }) => <li key={version}>{text.format.instant(at)} {accountName} {changes[change]}{reason === null ? '' : `：${reason}`}</li>)}</ol>
      <div className="row"><LinkButton to={`${seat.base}/column`}>{words.back}</LinkButton></div>
    </div>
  );
}

function Acts({ article: { id, version, may, mayNot } }: { readonly article: ArticleView }) {
  const { article: words, acts } = useColumnText();
  const text = useText();
  const act = useCommand(actOnArticle);
  const decide = useCommand(decideArticle);
  const [asking, setAsking] = useState<'send_back' | 'take_down' | null>(null);
  const run = async (wanted: ArticleAct, reason: string | null): Promise<void> => {
    const editorial = editorialAct.options.find((one) => one === wanted);
    const done = editorial === undefined ? await decide.run({ id, version, act: chosen(publishingAct, wanted), reason }) : await act.run({ id, version, act: editorial });
    setAsking(null);
    if (done === null) return;
    const undo = async (): Promise<boolean> => (await act.run({ id, version: done.version, act: 'restore' })) !== null;
    tell({ text: words.done(acts[wanted]), ...(wanted === 'remove' ? { undo } : {}) });
  };
  return (
    <>
      <FailureNotice failure={act.failure ?? decide.failure} kept="nothing" />
      <div className="row">{may.map((one) => <Button key={one} kind={one === 'publish' || one === 'offer' ? 'primary' : 'secondary'} busy={act.busy || decide.busy} onClick={() => (one === 'send_back' || one === 'take_down' ? setAsking(one) : void run(one, null))}>{acts[one]}</Button>)}</div>
      {mayNot.map(({ act: one, rule }) => <p key={one} className="hint">{acts[one]}：{text.problems.sentence('refused_by_rule', { rule }).what}</p>)}
      {asking === null ? null : <ReasonDialog act={acts[asking]} busy={decide.busy} onClose={() => setAsking(null)} onReason={(reason) => void run(asking, reason)} />}
    </>
  );
}

interface Editing {
  readonly initial: Typed;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSave: (typed: Typed) => Promise<void>;
}

function Editor({ initial, busy, failure, onSave }: Editing) {
  const { article: words } = useColumnText();
  const text = useText();
  const [typed, setTyped] = useState(initial);
  const issues = issuesOf(failure);
  const wrong = (field: string): string | null => {
    const issue = issues.find(({ path }) => path === `document.${field}` || path.startsWith(`document.${field}.`));
    return issue === undefined ? null : text.problems.issue(issue.rule, issue);
  };
  const own = (field: keyof Typed) => ({ value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }) });
  return (
    <Form className="stack" onSubmit={() => onSave(typed)}>
      <FailureNotice failure={failure} kept="typed" />
      <TextField label={words.heading} maxLength={80} error={wrong('title')} {...own('title')} />
      <TextField label={words.summary} hint={words.summaryHint} optional maxLength={200} error={wrong('summary')} {...own('summary')} />
      <TextField label={words.origin} optional maxLength={60} error={wrong('origin')} {...own('origin')} />
      <div className="column-text"><TextArea label={words.text} hint={words.textHint} rows={14} error={wrong('blocks')} {...own('text')} /></div>
      <PictureField onPicture={(line) => setTyped({ ...typed, text: `${typed.text.trimEnd()}\n\n${line}\n` })} />
      <TextField label={words.notBefore} hint={words.notBeforeHint} optional type="datetime-local" error={wrong('notBefore')} {...own('notBefore')} />
      <div className="row"><Button kind="primary" icon="check" type="submit" busy={busy}>{words.save}</Button></div>
      <h2>{words.preview}</h2>
      <Preview document={documentOf(typed)} />
    </Form>
  );
}

function PictureField({ onPicture }: { readonly onPicture: (line: string) => void }) {
  const { article: words } = useColumnText();
  const seat = useSeat();
  const [alt, setAlt] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async (file: File): Promise<void> => {
    setMissing(alt.trim().length < 2);
    if (alt.trim().length < 2) return;
    setBusy(true);
    setFailure(null);
    try {
      const { id } = await upload(uploadColumnPicture, { edition: seat.edition, unitCode: seat.unitCode, name: file.name }, file, () => undefined);
      onPicture(`![${alt.trim().replaceAll(/[[\]]/g, ' ')}](${id})`);
      setAlt('');
      tell({ text: words.inserted });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <FailureNotice failure={failure} kept="typed" />
      <TextField label={words.alt} optional maxLength={200} value={alt} onValue={setAlt} error={missing ? words.altMissing : null} />
      <FileField label={words.picture} hint={words.pictureHint} accept="image/jpeg,image/png,image/webp" busy={busy} onFile={(file) => void take(file)} />
    </div>
  );
}

function Preview({ document }: { readonly document: ArticleDocument }) {
  return <div className="column-preview" lang="zh-CN"><p><strong>{document.title}</strong></p>{document.blocks.map((block, at) => <Block key={at} block={block} />)}</div>;
}

function runs(all: readonly ArticleRun[]): ReactNode {
  return all.map(({ text, bold, link }, at) => {
    const said = bold ? <strong key={at}>{text}</strong> : <span key={at}>{text}</span>;
    return link === null ? said : <a key={at} href={link} rel="noreferrer">{said}</a>;
  });
}

function Block({ block }: { readonly block: ArticleBlock }) {
  if (block.type === 'heading') return block.level === 2 ? <h3>{block.text}</h3> : <h4>{block.text}</h4>;
  if (block.type === 'picture') return <figure><img src={addressOf(readColumnPicture, { id: block.picture })} alt={block.alt} /><figcaption>{block.caption}</figcaption></figure>;
  if (block.type === 'quote') return <blockquote>{runs(block.runs)}</blockquote>;
  if (block.type === 'paragraph') return <p>{runs(block.runs)}</p>;
  const items = block.items.map((item, at) => <li key={at}>{runs(item)}</li>);
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}
