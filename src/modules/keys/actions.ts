// Tells the installation's public keys.
import { implement, type Implementation } from '../../kernel/context.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { listCertifyingKeys } from './contract.ts';
import { linksOf, listInstallationKeys, publicPartOf } from './queries.ts';
import { fingerprintShown, fingerprintText } from './rules.ts';

const list = implement(listCertifyingKeys, async ({ tx }) => {
  const keys = await listInstallationKeys(tx);
  return { keys: keys.map((key) => ({ ...publicPartOf(key), fingerprint: fingerprintShown(sha256Of(fingerprintText(key))) })), links: linksOf(keys) };
});

export const keyActions: readonly Implementation[] = [list];
