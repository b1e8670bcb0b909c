// The unit's column from within: its articles by state, figures for the public, and how the office is reached.
import { useState } from 'react';
import { Link } from 'react-router';
import { approveColumnSettings, decideRelease, freezeRelease, getColumnSettings, listArticles, listReleases, proposeColumnSettings } from '../../../modules/column/contract.ts';
import { articleState, type ArticleState, type ColumnSettings, licence, type ReleaseBasis, releaseBasis } from '../../../modules/column/model.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useCommand, useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { useColumnText } from '../../language/column.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Badge, Empty, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { tell } from '../../ui/toasts.tsx';
import { chosen } from '../../app/chosen.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import './column.css';

export function ColumnPage() {
  const words = useColumnText();
  const seat = useSeat();
  return (
    <div className="stack">
      <PageTitle title={words.title} />
      <p><a href={`/column/${seat.unitCode}`}>{words.see}</a></p>
      <Articles />
      <Releases />
      <Settings />
    </div>
  );
}

function Articles() {
  const { articles: words, kinds, states } = useColumnText();
  const text = useText();
  const seat = useSeat();
  const [state, setState] = useState<ArticleState | ''>('');
  const read = useRead(listArticles, { edition: seat.edition, unitCode: seat.unitCode, ...(state === '' ? {} : { state }) }, { keep: true });
  return (
    <section className="stack" aria-labelledby="articles">
      <h2 id="articles">{words.title}</h2>
      <SelectField label={words.state} value={state} empty={words.all} onValue={(value) => setState(value === '' ? '' : chosen(articleState, value))} options={articleState.options.map((value) => ({ value, label: states[value] }))} />
      <Shown read={read}>{({ articles, mayWrite }) => (
        <>
          {mayWrite ? <div className="row"><LinkButton kind="primary" icon="pencil" to={`${seat.base}/column/new`}>{words.create}</LinkButton></div> : null}
          {articles.length === 0 ? <Empty>{words.none} {mayWrite ? words.noneNext : ''}</Empty> : (
            <ul className="column-list">{articles.map((one) => (
              <li key={one.id}>
                <Link to={`${seat.base}/column/${one.id}`}>{one.title}</Link> <Badge tone={one.state === 'offered' ? 'warn' : one.state === 'published' ? 'ok' : 'neutral'}>{states[one.state]}</Badge>
                {one.publishedVersion !== null && one.state !== 'published' ? <> <Badge>{words.again}</Badge></> : null}
                <div className="hint">{kinds[one.kind]} · {words.saved(one.savedByName, text.format.instant(one.savedAt))}</div>
              </li>
            ))}</ul>
          )}
        </>
      )}</Shown>
    </section>
  );
}

function Releases() {
  const { releases: words, releaseStates, bases } = useColumnText();
  const text = useText();
  const seat = useSeat();
  const read = useRead(listReleases, { edition: seat.edition, unitCode: seat.unitCode });
  const decide = useCommand(decideRelease);
  const [asking, setAsking] = useState<{ readonly id: string; readonly verdict: 'refuse' | 'withdraw' } | null>(null);
  const run = async (id: string, verdict: 'release' | 'refuse' | 'withdraw', reason: string | null): Promise<void> => {
    const done = await decide.run({ id, verdict, reason });
    setAsking(null);
    if (done !== null) tell({ text: words.done[verdict] });
  };
  return (
    <section className="stack" aria-labelledby="releases">
      <h2 id="releases">{words.title}</h2>
      <p className="hint">{words.intro}</p>
      <FailureNotice failure={decide.failure} kept="nothing" />
      <Shown read={read}>{({ releases, mayFreeze }) => (
        <>
          {mayFreeze ? <Freeze /> : null}
          {releases.length === 0 ? <Empty>{words.none}</Empty> : (
            <ul className="column-list">{releases.map((one) => (
              <li key={one.id}>
                <strong>{words.columns.asOf} {text.format.date(one.asOf)}</strong> <Badge tone={one.state === 'released' ? 'ok' : one.state === 'frozen' ? 'warn' : 'neutral'}>{releaseStates[one.state]}</Badge>
                <div className="hint">{bases[one.basis]} · {one.frozenByName}{one.decidedByName === null ? '' : ` → ${one.decidedByName}`}{one.hidden === null ? '' : ` · ${words.columns.hidden} ${words.hidden(String(one.hidden), String(one.cells))}`}{one.reason === null ? '' : ` · ${one.reason}`}{one.mayNot === 'freezer_releases' ? ` · ${words.freezer}` : ''}</div>
                <div className="row">{one.may.map((verdict) => <Button key={verdict} busy={decide.busy} kind={verdict === 'release' ? 'primary' : 'secondary'} onClick={() => (verdict === 'release' ? void run(one.id, verdict, null) : setAsking({ id: one.id, verdict }))}>{words.acts[verdict]}</Button>)}</div>
              </li>
            ))}</ul>
          )}
        </>
      )}</Shown>
      {asking === null ? null : <ReasonDialog act={words.acts[asking.verdict]} busy={decide.busy} onClose={() => setAsking(null)} onReason={(reason) => void run(asking.id, asking.verdict, reason)} />}
    </section>
  );
}

function Freeze() {
  const { releases: words, bases } = useColumnText();
  const seat = useSeat();
  const freeze = useCommand(freezeRelease);
  const [asOf, setAsOf] = useState('');
  const [basis, setBasis] = useState<ReleaseBasis>('ledger');
  const run = async (): Promise<void> => {
    if ((await freeze.run({ edition: seat.edition, unitCode: seat.unitCode, asOf, basis })) !== null) tell({ text: words.frozen });
  };
  return (
    <Form className="stack" onSubmit={run}>
      <FailureNotice failure={freeze.failure} kept="typed" />
      <TextField label={words.asOf} type="date" value={asOf} onValue={setAsOf} />
      <SelectField label={words.basis} value={basis} onValue={(value) => setBasis(chosen(releaseBasis, value))} options={releaseBasis.options.map((value) => ({ value, label: bases[value] }))} />
      <div className="row"><Button type="submit" icon="check" busy={freeze.busy}>{words.freeze}</Button></div>
    </Form>
  );
}

const blank: ColumnSettings = { office: '', telephone: '', address: '', hours: '', help: '', licence: 'none' };

function Settings() {
  const { settings: words } = useColumnText();
  const seat = useSeat();
  const unit = { edition: seat.edition, unitCode: seat.unitCode };
  const read = useRead(getColumnSettings, unit);
  const approve = useCommand(approveColumnSettings);
  return (
    <section className="stack" aria-labelledby="settings">
      <h2 id="settings">{words.title}</h2>
      <FailureNotice failure={approve.failure} kept="nothing" />
      <Shown read={read}>{({ shown, proposed, proposedByName, mayPropose, mayApprove }) => (
        <>
          {shown === null ? <Empty>{words.none}</Empty> : <><h3>{words.shown}</h3><Told settings={shown} /></>}
          {proposed === null ? null : (
            <Notice tone="warn">
              <p>{words.waiting(proposedByName ?? '')}</p><Told settings={proposed} />
              {mayApprove ? <div><Button kind="primary" icon="check" busy={approve.busy} onClick={() => void approve.run(unit).then((done) => done !== null && tell({ text: words.approved }))}>{words.approve}</Button></div> : null}
            </Notice>
          )}
          {mayPropose ? <Propose key={JSON.stringify(proposed ?? shown)} now={proposed ?? shown ?? blank} /> : null}
        </>
      )}</Shown>
    </section>
  );
}

function Told({ settings }: { readonly settings: ColumnSettings }) {
  const { settings: words, licences } = useColumnText();
  const lines = [[words.office, settings.office], [words.telephone, settings.telephone], [words.address, settings.address], [words.hours, settings.hours], [words.help, settings.help], [words.licence, licences[settings.licence]]] as const;
  return <dl>{lines.filter(([, value]) => value !== '').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function Propose({ now }: { readonly now: ColumnSettings }) {
  const { settings: words, licences } = useColumnText();
  const seat = useSeat();
  const propose = useCommand(proposeColumnSettings);
  const [typed, setTyped] = useState(now);
  const own = (field: 'office' | 'telephone' | 'address' | 'hours' | 'help') => ({ value: typed[field], onValue: (value: string) => setTyped({ ...typed, [field]: value }) });
  const run = async (): Promise<void> => {
    if ((await propose.run({ edition: seat.edition, unitCode: seat.unitCode, settings: typed })) !== null) tell({ text: words.proposed });
  };
  return (
    <Form className="stack" onSubmit={run}>
      <FailureNotice failure={propose.failure} kept="typed" />
      <TextField label={words.office} maxLength={60} {...own('office')} />
      <TextField label={words.telephone} optional maxLength={60} {...own('telephone')} />
      <TextField label={words.address} optional maxLength={120} {...own('address')} />
      <TextField label={words.hours} optional maxLength={80} {...own('hours')} />
      <TextArea label={words.help} hint={words.helpHint} optional maxLength={2000} rows={4} {...own('help')} />
      <SelectField label={words.licence} value={typed.licence} onValue={(value) => setTyped({ ...typed, licence: chosen(licence, value) })} options={licence.options.map((value) => ({ value, label: licences[value] }))} />
      <div className="row"><Button type="submit" icon="check" busy={propose.busy}>{words.propose}</Button></div>
    </Form>
  );
}
