// An authenticator of WebAuthn in software, for tests: makes passkeys and signs with them, honestly or in the ways that must be refused.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Asked {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
}

/** How an answer departs from an honest one. */
export interface Departures {
  /** Nobody gave a finger or a PIN. */
  readonly unverified?: boolean;
  readonly counter?: number;
  readonly type?: string;
  readonly brokenSignature?: boolean;
}

export interface SoftwarePasskey {
  readonly id: string;
  made(asked: Asked, departures?: Departures): ReturnType<typeof answerOf<{ clientDataJSON: string; attestationObject: string; transports: string[] }>>;
  used(asked: Asked, departures?: Departures): ReturnType<typeof answerOf<{ clientDataJSON: string; authenticatorData: string; signature: string }>>;
}

const url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export function softwarePasskey(): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = url(credentialId);
  let counter = 0;
  const clientDataOf = ({ challenge, origin }: Asked, type: string): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorDataOf = ({ rpId }: Asked, { unverified = false, counter: given }: Departures, attested: Uint8Array): Buffer => {
    counter = given ?? counter + 1;
    const head = Buffer.alloc(37);
    createHash('sha256').update(rpId).digest().copy(head);
    head[32] = 0x01 | (unverified ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0);
    head.writeUInt32BE(counter, 33);
    return Buffer.concat([head, attested]);
  };
  return {
    id,
    made: (asked, departures = {}) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = authenticatorDataOf(asked, departures, Buffer.concat([Buffer.alloc(16), length, credentialId, coseOf(publicKey)]));
      return answerOf(id, { clientDataJSON: url(clientDataOf(asked, departures.type ?? 'webauthn.create')), attestationObject: url(attestationOf(data)), transports: ['internal'] });
    },
    used: (asked, departures = {}) => {
      const clientData = clientDataOf(asked, departures.type ?? 'webauthn.get');
      const data = authenticatorDataOf(asked, departures, Buffer.alloc(0));
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(clientData).digest()]), privateKey);
      if (departures.brokenSignature === true) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
      return answerOf(id, { clientDataJSON: url(clientData), authenticatorData: url(data), signature: url(signature) });
    },
  };
}

function answerOf<R>(id: string, response: R) {
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, authenticatorAttachment: 'platform' as const, response };
}

/** The key as COSE: EC2, ES256, P-256, x, y. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]);
}

/** {fmt: "none", attStmt: {}, authData} in CBOR. */
function attestationOf(data: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  return Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'), length, data]);
}
