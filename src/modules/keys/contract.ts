// What anybody may ask of keys: the public keys the installation certifies with, so that a package from elsewhere can be held against them.
import { z } from 'zod';
import { endpoint } from '../../shared/endpoint.ts';
import { installationKey, keyLink } from './model.ts';

export const listCertifyingKeys = endpoint({
  name: 'keys.list_certifying',
  method: 'GET',
  path: '/api/keys',
  summary: 'Public keys of this installation, which certify the keys units sign with. Fingerprint: SHA-256, shown by its first 32 symbols.',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ keys: z.array(installationKey.extend({ fingerprint: z.string() })), links: z.array(keyLink) }),
});
