// What is asked before an act: the check and what is frozen before 送审, once before what cannot be undone (盖章, 报送), reasons
// before a table goes back. Acts that ask nothing have no dialog. Whoever shows a dialog takes it away when somebody was faster.
import { useState } from 'react';
import { Link } from 'react-router';
import { getReturn, getReturnVersion } from '../../../modules/returns/contract.ts';
import type { ReturnActName, ReturnView } from '../../../modules/returns/model.ts';
import type { NotedFinding } from '../../../modules/validation/model.ts';
import { useRead } from '../../app/queries.ts';
import { serverNow } from '../../app/server-clock.ts';
import { pageOf, useSeat } from '../../app/session.tsx';
import { useFiguresText } from '../../language/figures.ts';
import { useReturnsText } from '../../language/returns.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField } from '../../ui/field.tsx';
import { Badge, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/shown.tsx';
import { spoken } from '../figures/findings.tsx';
import { ReasonDialog, ReasonsDialog } from './reason-dialogs.tsx';
import type { ActDialogProps } from './return-parts.ts';

const asking: ReadonlySet<ReturnActName> = new Set(['send_for_review', 'seal', 'submit', 'return_for_correction', 'return_by_upper', 'request_correction', 'decline_correction', 'reopen']);

/** Whether an act asks something first; the others are simply done and told. */
export function asksFirst(act: ReturnActName): boolean {
  return asking.has(act);
}

/** The dialog of an act. `marked`: cells already chosen to go back. */
export function ActDialog({ act, marked = [], ...rest }: ActDialogProps & { readonly act: ReturnActName; readonly marked?: readonly string[] }) {
  switch (act) {
    case 'send_for_review':
      return <SendDialog {...rest} />;
    case 'seal':
      return <SealDialog {...rest} />;
    case 'submit':
      return <SubmitDialog {...rest} />;
    case 'return_for_correction':
    case 'return_by_upper':
      return <ReasonsDialog {...rest} act={act} marked={marked} />;
    case 'request_correction':
    case 'decline_correction':
    case 'reopen':
      return <ReasonDialog {...rest} act={act} />;
    case 'self_check':
    case 'withdraw':
    case 'approve':
    case 'sign':
    case 'accept':
      return null;
  }
}

function SendDialog({ view, edition, cells, taking, onClose }: ActDialogProps) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  // Checked now, not as it was when the page was opened.
  const checked = useRead(getReturn, { edition: seat.edition, unitCode: view.unit.code }, { fresh: 0 });
  const open = (checked.data ?? view).findings.filter(({ severity, note }) => severity === 'hard' || note === null);
  const send = async (): Promise<void> => {
    if ((await taking.take({ act: 'send_for_review' })) !== null) onClose();
  };
  const cancel = <Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button>;
  if (checked.isFetching && !taking.busy) return <Dialog title={words.checkFirst.title} onClose={onClose}><p role="status">{words.checking}…</p></Dialog>;
  if (open.length > 0) {
    return (
      <Dialog title={words.checkFirst.title} onClose={onClose} actions={<><LinkButton kind="primary" icon="table" to={pageOf(seat, '/table', view.unit.code)}>{words.goToTable}</LinkButton>{cancel}</>}>
        <OpenFindings findings={open} view={view} edition={edition} cells={cells} />
      </Dialog>
    );
  }
  const { live } = view;
  return (
    <Dialog title={words.sendConfirm.title} onClose={onClose} actions={<><Button kind="primary" icon="send" busy={taking.busy} onClick={() => void send()}>{words.acts.send_for_review}</Button>{cancel}</>}>
      <Notice tone="ok"><p>{words.checkFirst.ready}</p></Notice>
      <p>{words.sendConfirm.text((view.frozen?.number ?? 0) + 1)}</p>
      <p>{words.sendConfirm.entries(text.format.number(live.entries))}</p>
      {live.missing.length === 0 ? null : <Notice tone="warn"><p>{words.sendConfirm.missing(live.missing.length)}</p></Notice>}
      <FailureNotice failure={taking.failure} kept="nothing" />
    </Dialog>
  );
}

/** What must be put right or explained first, each with the way to its cell. */
function OpenFindings({ findings, view, edition, cells }: Pick<ActDialogProps, 'view' | 'edition' | 'cells'> & { readonly findings: readonly NotedFinding[] }) {
  const text = useText();
  const words = useReturnsText();
  const figures = useFiguresText().findings;
  const seat = useSeat();
  const hard = findings.filter(({ severity }) => severity === 'hard').length;
  return (
    <>
      <p className="row-tight">
        {hard === 0 ? null : <Badge tone="error" icon="cross">{words.checkFirst.hard(hard)}</Badge>}
        {hard === findings.length ? null : <Badge tone="warn" icon="alert">{words.checkFirst.soft(findings.length - hard)}</Badge>}
      </p>
      <ul className="stack">
        {findings.map((finding) => (
          <li key={finding.check} className={`return-finding return-finding-${finding.severity}`}>
            <strong>{finding.severity === 'hard' ? figures.hard : figures.soft} · {cells.nameOf(finding.indicator)}</strong>
            <span>{spoken(finding, edition, cells.nameOf, figures, text).what}</span>
            <Link to={pageOf(seat, '/table', view.unit.code, { cell: finding.indicator })} aria-label={`${words.checkFirst.open}：${cells.nameOf(finding.indicator)}`}>{words.checkFirst.open}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function SealDialog({ view, taking, onClose }: ActDialogProps) {
  const text = useText();
  const words = useReturnsText();
  const seat = useSeat();
  const [checked, setChecked] = useState(false);
  const [missing, setMissing] = useState(false);
  const [sealed, setSealed] = useState<ReturnView['seal']>(null);
  const number = view.frozen?.number ?? 0;
  const version = useRead(getReturnVersion, { edition: seat.edition, unitCode: view.unit.code, number }, { when: number > 0 });
  if (sealed !== null) {
    return (
      <Dialog title={words.sealed} onClose={onClose} actions={<Button kind="primary" onClick={onClose}>{words.understood}</Button>}>
        <Notice tone="ok"><p>{words.seal.done}</p></Notice>
        <dl className="facts">
          <dt>{words.submit.receipt}</dt><dd className="return-code">{sealed.receiptCode}</dd>
          <dt>SM3</dt><dd className="return-digest">{sealed.sm3}</dd>
          <dt>SHA-256</dt><dd className="return-digest">{sealed.sha256}</dd>
        </dl>
        <p className="hint">{words.submit.receiptHint}</p>
      </Dialog>
    );
  }
  const seal = async (): Promise<void> => {
    if (!checked) {
      setMissing(true);
      document.getElementById('seal-checked')?.focus();
      return;
    }
    const after = await taking.take({ act: 'seal' });
    if (after !== null) setSealed(after.seal);
  };
  return (
    <Dialog title={words.seal.title} onClose={onClose} actions={<><Button kind="primary" icon="stamp" busy={taking.busy} onClick={() => void seal()}>{words.seal.confirm}</Button><Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button></>}>
      <Notice tone="warn"><p>{words.seal.cannotUndo}</p></Notice>
      <h3>{words.seal.what}</h3>
      <dl className="facts">
        <dt>{words.seal.unit}</dt><dd>{view.unit.name}</dd>
        <dt>{words.seal.version}</dt><dd>{words.history.versionOf(number)}</dd>
        <dt>{words.seal.digest}</dt><dd className="return-digest">{version.data === undefined ? <Loading /> : `SM3 ${version.data.sm3.slice(0, 16)}`}</dd>
        <dt>{words.seal.prepared}</dt><dd>{view.preparedByName ?? '—'}</dd>
        <dt>{words.seal.approved}</dt><dd>{view.approvedByName ?? '—'}</dd>
        <dt>{words.seal.signed}</dt><dd>{view.signedByName ?? '—'}</dd>
      </dl>
      <p className="hint">{words.seal.paper}</p>
      <CheckField id="seal-checked" label={words.seal.tick} error={missing && !checked ? words.seal.tickMissing : null} checked={checked} onChecked={setChecked} />
      <FailureNotice failure={taking.failure} kept="nothing" />
    </Dialog>
  );
}

function SubmitDialog({ view, taking, onClose }: ActDialogProps) {
  const text = useText();
  const words = useReturnsText();
  const [submitted, setSubmitted] = useState<ReturnView | null>(null);
  if (submitted !== null) {
    return (
      <Dialog title={words.submit.title} onClose={onClose} actions={<Button kind="primary" onClick={onClose}>{words.understood}</Button>}>
        <Notice tone={submitted.late ? 'warn' : 'ok'}><p>{submitted.late ? words.submit.doneLate : words.submit.done}</p></Notice>
        <dl className="facts"><dt>{words.submit.receipt}</dt><dd className="return-code">{submitted.seal?.receiptCode ?? '—'}</dd></dl>
        <p className="hint">{words.submit.receiptHint}</p>
      </Dialog>
    );
  }
  const submit = async (): Promise<void> => {
    setSubmitted(await taking.take({ act: 'submit' }));
  };
  const late = serverNow() >= Date.parse(view.due);
  return (
    <Dialog title={words.submit.title} onClose={onClose} actions={<><Button kind="primary" icon="send" busy={taking.busy} onClick={() => void submit()}>{words.submit.confirm}</Button><Button kind="quiet" onClick={onClose}>{text.kit.cancel}</Button></>}>
      <dl className="facts">
        <dt>{words.seal.unit}</dt><dd>{view.unit.name}</dd>
        <dt>{words.seal.version}</dt><dd>{words.history.versionOf(view.frozen?.number ?? 0)}</dd>
        <dt>{words.submit.receipt}</dt><dd className="return-code">{view.seal?.receiptCode ?? '—'}</dd>
      </dl>
      <p>{words.due(text.format.instant(view.due))}</p>
      {late ? <Notice tone="warn"><p>{words.submit.lateWarning}</p></Notice> : null}
      <p>{words.submit.to}</p>
      <FailureNotice failure={taking.failure} kept="nothing" />
    </Dialog>
  );
}
