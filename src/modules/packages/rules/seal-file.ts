// A seal by itself, in one JSON document: the sealed content, its seal, the keys it is verified with and its place in the log. What
// a package says of one unit, without documents, evidence and the units below.
import { canonicalText } from '../../seals/rules.ts';
import { contentFault, contentIn, firstSealFault, isObject, type Loose, type PackedSeal, type SealedContent, sealsIn } from './contents.ts';
import type { PackageTools, RunningHash } from './container.ts';
import type { Explained } from './explaining.ts';
import { fault, type PackageFault } from './faults.ts';
import { checkProofs, checkSignatures, isReceiptOf, issuersOf, keysIn, proofsIn, submissionFault, submissionIn, untrustedFault } from './proving.ts';
import { notProvenBy, type Statement } from './statements.ts';
import type { Signing } from './verifying.ts';

export const sealFileFormat = 'fuwuyue.seal-file/1';

export interface SealVerdict {
  readonly holds: boolean;
  readonly firstFault: PackageFault | null;
  readonly content: SealedContent | null;
  readonly signing: Signing | null;
  readonly statements: readonly Statement[];
}

/** What of statements on packages makes no sense here. */
const ofPackages: ReadonlySet<string> = new Set(['documents']);

export async function verifySealFile(value: unknown, tools: PackageTools, trusted: readonly string[] = []): Promise<SealVerdict> {
  const read = isObject(value) && value['format'] === sealFileFormat ? value : null;
  const content = contentIn(read?.['content']);
  const seal = sealsIn({ format: 'fuwuyue.seals/1', seals: [read?.['seal']] })?.[0] ?? null;
  if (read === null || content === null || seal === null) return broken(fault('unreadable'), content);
  const wrong = ownFault(read, content, seal, tools);
  return wrong === null ? checkKeys({ read, content, seal, trusted }, tools) : broken(wrong, content);
}

function broken(firstFault: PackageFault, content: SealedContent | null): SealVerdict {
  return { holds: false, firstFault, content, signing: null, statements: [] };
}

function ownFault(read: Loose, content: SealedContent, seal: PackedSeal, tools: PackageTools): PackageFault | null {
  const text = tools.encode(canonicalText(read['content']));
  const hexOf = (hash: RunningHash): string => {
    hash.update(text);
    return hash.hex();
  };
  const hashOf = (of: string): string => {
    const hash = tools.sha256();
    hash.update(tools.encode(of));
    return hash.hex();
  };
  return firstSealFault([seal], '', hashOf) ?? contentFault({ file: '', content, canonical: true, sha256: hexOf(tools.sha256()), sm3: hexOf(tools.sm3()) }, seal, content.unit.code);
}

interface Checked {
  readonly read: Loose;
  readonly content: SealedContent;
  readonly seal: PackedSeal;
  readonly trusted: readonly string[];
}

async function checkKeys({ read, content, seal, trusted }: Checked, tools: PackageTools): Promise<SealVerdict> {
  const [keys, proofs, receipt] = [keysIn(read['keys']), proofsIn(read['proofs']), read['receipt']];
  const submission = isObject(receipt) ? submissionIn(receipt) : undefined;
  if (keys === null || proofs === null || submission === undefined || !isObject(receipt)) return broken(fault('unreadable'), content);
  if (!isReceiptOf(receipt, seal)) return broken(fault('receipt'), content);
  const { fault: wrong, signed, unsigned } = await checkSignatures([seal], keys, { seals: '', keys: '' }, tools, () => undefined);
  const issuers = issuersOf(keys, tools);
  const submissionWrong = submission === null ? null : await submissionFault(submission, seal, keys, tools);
  const proven = await checkProofs(proofs, keys, { seals: new Map([[seal.unit, seal]]), submission }, '', tools);
  const firstFault = wrong ?? untrustedFault(trusted, signed, issuers, '') ?? submissionWrong ?? proven.fault;
  if (firstFault !== null) return broken(firstFault, content);
  const { positions } = proven;
  const statements = notProvenBy({ signed, unsigned, trusted: trusted.length > 0, positions, unit: seal.unit }).filter(({ code }) => !ofPackages.has(code));
  return { holds: true, firstFault: null, content, signing: { seal, submission, signed, unsigned, issuers, positions }, statements };
}

export function explainedSeal({ content, firstFault, signing, statements }: SealVerdict, title: string): Explained {
  const unit = content?.unit ?? { code: '', name: '' };
  return { unit, edition: content?.edition ?? '', title, version: content?.number ?? 0, demonstration: false, units: 1, firstFault, signing, statements };
}
