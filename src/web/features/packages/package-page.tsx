// 报送包: what goes in, which pictures, making and downloading it, those made before, and the answer of the document-exchange system.
import { useState } from 'react';
import { getPackage } from '../../../modules/packages/contract.ts';
import { mostEvidence, mostEvidenceBytes, type PackageView, plainEvidenceBytes } from '../../../modules/packages/model.ts';
import { plainChoice } from '../../../modules/packages/rules/choosing.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { useRead } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePackagesText } from '../../language/packages.ts';
import { useText } from '../../language/text.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, FailureNotice, Notice } from '../../ui/notice.tsx';
import { Shown } from '../../ui/shown.tsx';
import { WhyNot } from '../../ui/why-not.tsx';
import { Choice } from './choice.tsx';
import { Earlier } from './earlier.tsx';
import { ExchangeReceipts } from './exchange-receipts.tsx';
import { useMaking } from './use-making.ts';
import './packages.css';

export function PackagePage() {
  const words = usePackagesText();
  const seat = useSeat();
  const view = useRead(getPackage, { edition: seat.edition, unitCode: seat.unitCode });
  return (
    <div className="stack package-page">
      <PageTitle title={words.title} aside={<LinkButton kind="quiet" icon="arrow_left" to={`${seat.base}/return`}>{words.toReturn}</LinkButton>} />
      <Shown read={view}>{(shown) => <Body key={`${seat.unitCode} ${shown.sealed?.version ?? 0}`} view={shown} />}</Shown>
    </div>
  );
}

function Body({ view }: { readonly view: PackageView }) {
  const words = usePackagesText();
  const [chosen, setChosen] = useState(() => plainChoice(view.packables, { bytes: plainEvidenceBytes, count: mostEvidence }));
  return (
    <>
      {view.standing === 'sealed' ? null : <Notice tone="warn"><p>{view.standing === 'not_sealed' ? words.notSealed : words.beingChanged}</p></Notice>}
      {view.sealed === null ? null : (
        <>
          <Inside view={view} />
          <Choice packables={view.packables} chosen={chosen} onChosen={setChosen} writes={view.mayMake} />
          <Make view={view} chosen={chosen} />
        </>
      )}
      <Earlier packages={view.packages} mayMake={view.mayMake} />
      <ExchangeReceipts view={view} />
      <section className="panel stack-tight" aria-labelledby="verifying">
        <h2 id="verifying">{words.verify}</h2>
        <p>{words.verifyText}</p>
        <p><a href="/verifier.html" target="_blank" rel="noreferrer">{words.verifier}</a></p>
      </section>
    </>
  );
}

function Inside({ view }: { readonly view: PackageView }) {
  const text = useText();
  const words = usePackagesText();
  const { sealed, attachments } = view;
  if (sealed === null) return null;
  return (
    <section className="panel stack" aria-labelledby="inside">
      <h2 id="inside">{words.inside}</h2>
      <dl className="facts">
        <dt>{words.version}</dt><dd>{words.versionOf(sealed.version)}</dd>
        <dt>{words.receiptCode}</dt><dd className="package-code">{sealed.receiptCode}</dd>
        <dt>{words.sealedAt}</dt><dd>{text.format.instant(sealed.sealedAt)}</dd>
        <dt>{words.children}</dt><dd>{words.childrenOf(sealed.children)}</dd>
      </dl>
      <div className="stack-tight">
        <h3>{words.attachmentsLabel}</h3>
        <ul className="package-attachments">{attachments.map((one) => <li key={one.name}><Attached attachment={one} /></li>)}</ul>
        {attachments.some(({ document, ready }) => document === 'report' && !ready) ? <p className="hint">{words.reportMissing}</p> : null}
      </div>
      <p className="hint">{words.also}</p>
    </section>
  );
}

function Attached({ attachment: { name, document, ready, blanks } }: { readonly attachment: PackageView['attachments'][number] }) {
  const words = usePackagesText();
  const seat = useSeat();
  if (document === 'other') return <><span>{name}</span> <Badge>{words.bySelf}</Badge></>;
  return (
    <>
      <span>{name}</span>
      {ready ? <Badge tone="ok" icon="check">{words.ready}</Badge> : <Badge tone="warn" icon="alert">{words.missing}</Badge>}
      {blanks === 0 ? null : <Badge tone="warn" icon="pencil">{words.blanks(blanks)}</Badge>}
      {document === 'report' && (!ready || blanks > 0) ? <LinkButton icon="pencil" to={`${seat.base}/report`}>{words.toReport}</LinkButton> : null}
    </>
  );
}

function Make({ view, chosen }: { readonly view: PackageView; readonly chosen: ReadonlySet<string> }) {
  const text = useText();
  const words = usePackagesText();
  const seat = useSeat();
  const making = useMaking();
  const [pressed, setPressed] = useState(false);
  const total = view.packables.reduce((sum, one) => sum + (chosen.has(one.id) ? one.bytes : 0), 0);
  const wrong = total > mostEvidenceBytes ? words.evidence.tooLarge(text.format.bytes(mostEvidenceBytes)) : chosen.size > mostEvidence ? words.evidence.tooMany(mostEvidence) : null;
  if (view.sealed === null) return null;
  const { version } = view.sealed;
  if (!view.mayMake) return <Notice><p>{words.mayNot} <WhyNot right="make_package" unitCode={seat.unitCode} /></p></Notice>;
  const press = (): void => {
    setPressed(true);
    if (wrong === null) void making.make(version, [...chosen]);
  };
  return (
    <div className="stack-tight">
      {pressed && wrong !== null ? <div role="alert"><Notice tone="error"><p>{wrong}</p></Notice></div> : null}
      <FailureNotice failure={making.failure} kept="nothing" />
      <div className="row">
        <Button kind="primary" icon="download" busy={making.state !== 'idle'} onClick={press}>{words.make}</Button>
        <span role="status">{making.state === 'making' ? words.making : making.state === 'idle' ? '' : words.receiving(text.format.bytes(making.state.done), text.format.bytes(making.state.all))}</span>
      </div>
      {making.state === 'idle' || making.state === 'making' ? null : <progress className="package-progress" max={making.state.all} value={making.state.done} aria-label={words.make} />}
    </div>
  );
}
