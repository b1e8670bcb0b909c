// Tells the installation's public keys.
import { implement, type Implementation } from '../../kernel/context.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { listCertifyingKeys } from './contract.ts';
import { listInstallationKeys } from './queries.ts';
import { fingerprintShown, fingerprintText } from './rules.ts';

const list = implement(listCertifyingKeys, async ({ tx }) => ({
  keys: (await listInstallationKeys(tx)).map(({ privateKey: _private, ...key }) => ({ ...key, fingerprint: fingerprintShown(sha256Of(fingerprintText(key))) })),
}));

export const keyActions: readonly Implementation[] = [list];
