// By which key a seal was signed and where it stands in the log: beside a receipt anybody verifies, and at the seal of a return.
import { verifyReceipt } from '../../../modules/seals/contract.ts';
import type { ReturnView } from '../../../modules/returns/model.ts';
import type { SealProof } from '../../../modules/seals/model.ts';
import { useRead } from '../../app/queries.ts';
import { useSealsText } from '../../language/seals.ts';
import { useText } from '../../language/text.tsx';
import './seals.css';

/** Terms and facts of a description list. */
export function SealProofFacts({ proof }: { readonly proof: SealProof }) {
  const words = useSealsText();
  const text = useText();
  const { signature, log } = proof;
  return (
    <>
      <dt>{words.signature}</dt>
      <dd>{signature === null ? words.unsigned : words.signedBy(words.suites[signature.suite], signature.key)}</dd>
      {signature === null ? null : <><dt>{words.fingerprint}</dt><dd className="receipt-digest">{signature.fingerprint}</dd></>}
      <dt>{words.log}</dt>
      <dd>
        {log === null ? words.notInLog : words.logPlace(log.origin, log.index)}
        {log === null ? null : <br />}
        {log === null ? null : log.checkpoint === null ? words.noCheckpoint : log.checkpoint.witnesses.length === 0 ? words.checkpoint(log.checkpoint.size) : words.cosigned(log.checkpoint.size, text.format.list(log.checkpoint.witnesses))}
      </dd>
    </>
  );
}

/** Asked apart, so that the return does not wait for it. */
export function SealProofOf({ receiptCode }: { readonly receiptCode: string }) {
  const read = useRead(verifyReceipt, { code: receiptCode });
  const proof = read.data?.receipt?.proof;
  return proof === undefined ? null : <SealProofFacts proof={proof} />;
}

/** The seal of a return, for its own people and those above. */
export function SealSection({ seal }: { readonly seal: NonNullable<ReturnView['seal']> }) {
  const words = useSealsText();
  const text = useText();
  return (
    <section className="panel stack receipt" aria-labelledby="seal">
      <h2 id="seal">{words.section}</h2>
      <dl className="facts">
        <dt>{words.code}</dt><dd>{seal.receiptCode}</dd>
        <dt>{words.sealedAt}</dt><dd>{text.format.instant(seal.at)}</dd>
        {seal.signed === null ? null : <><dt>{words.sealedBy}</dt><dd>{seal.signed.by}</dd></>}
        <SealProofOf receiptCode={seal.receiptCode} />
      </dl>
    </section>
  );
}

/** What a receipt that is real does not prove. */
export function NotProven() {
  const words = useSealsText();
  return (
    <details className="receipt-limits">
      <summary>{words.limits}</summary>
      <ul>{words.limitList.map((limit) => <li key={limit}>{limit}</li>)}</ul>
    </details>
  );
}
