// Key pairs, signatures, and keys kept at rest, by suite. The one place that touches private keys: a certified crypto module
// (密码机, GM/T 0018) replaces this file and nothing else. SM2 signs with sm-crypto-v2, for Node's own signs plain ECDSA with keys it
// made and with an empty user id with keys it read; everything else that holds a secret is Node's.
import { createCipheriv, createDecipheriv, createECDH, createHash, createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes, sign as nodeSign, timingSafeEqual, verify as nodeVerify } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { type SealSuite, type SignatureSuite, sm2UserId, type VerifySignature } from '../shared/signature.ts';
import { sm2Holds } from '../shared/sm2.ts';

export interface KeyPair {
  readonly suite: SignatureSuite;
  /** A scalar of 32 bytes; of Ed25519 its seed. */
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
}

const orders = {
  'SM2-SM3': 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  'P256-SHA256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
} as const;
const curves = { 'SM2-SM3': 'SM2', 'P256-SHA256': 'prime256v1' } as const;

export function newKeyPair(suite: SignatureSuite): KeyPair {
  return keyPairOf(suite, randomBytes(48));
}

/** The key pair that belongs to a secret of at least 32 bytes; always the same one. */
export function keyPairOf(suite: SignatureSuite, secret: Uint8Array): KeyPair {
  if (secret.length < 32) throw new RangeError('a secret of less than 32 bytes');
  const spread = Buffer.from(hkdfSync('sha256', secret, '', `fuwuyue key ${suite}`, 48));
  if (suite === 'Ed25519') {
    const privateKey = spread.subarray(0, 32);
    return { suite, privateKey, publicKey: rawOf(createPublicKey(edwardsKey(privateKey)), 32) };
  }
  // 384 bits taken modulo the order leave no bias (FIPS 186-5 A.2.1).
  const scalar = (BigInt(`0x${spread.toString('hex')}`) % (orders[suite] - 2n)) + 1n;
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH(curves[suite]);
  curve.setPrivateKey(privateKey);
  return { suite, privateKey, publicKey: curve.getPublicKey() };
}

export function signWith({ suite, privateKey, publicKey }: KeyPair, message: Uint8Array): Buffer {
  switch (suite) {
    case 'SM2-SM3':
      return Buffer.from(sm2.doSignature(message, privateKey.toString('hex'), { hash: true, publicKey: publicKey.toString('hex'), userId: sm2UserId }), 'hex');
    case 'P256-SHA256':
      return nodeSign('sha256', message, { key: p256Key(publicKey, privateKey), dsaEncoding: 'ieee-p1363' });
    case 'Ed25519':
      return nodeSign(null, message, edwardsKey(privateKey));
  }
}

export const verifyWith = (suite: SignatureSuite, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (signature.length !== 64 || publicKey.length !== (suite === 'Ed25519' ? 32 : 65)) return false;
  try {
    return verifiers[suite](publicKey, message, signature);
  } catch {
    return false;
  }
};
verifyWith satisfies VerifySignature;

const verifiers: { readonly [S in SignatureSuite]: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean } = {
  'SM2-SM3': (publicKey, message, signature) => sm2Holds(publicKey, message, signature, sm3),
  'P256-SHA256': (publicKey, message, signature) => nodeVerify('sha256', message, { key: p256Key(publicKey, null), dsaEncoding: 'ieee-p1363' }, signature),
  Ed25519: (publicKey, message, signature) => nodeVerify(null, message, createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: base64(publicKey) } }), signature),
};

const sm3 = (...parts: readonly Uint8Array[]): Uint8Array => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function p256Key(publicKey: Uint8Array, privateKey: Uint8Array | null): KeyObject {
  const point = { kty: 'EC', crv: 'P-256', x: base64(publicKey.subarray(1, 33)), y: base64(publicKey.subarray(33)) };
  if (publicKey[0] !== 4) throw new RangeError('a point that is not written out');
  return privateKey === null ? createPublicKey({ format: 'jwk', key: point }) : createPrivateKey({ format: 'jwk', key: { ...point, d: base64(privateKey) } });
}

/** RFC 8410: what stands before the seed in PKCS #8. */
const edwardsHead = Buffer.from('302e020100300506032b657004220420', 'hex');

function edwardsKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([edwardsHead, seed]) });
}

function rawOf(key: KeyObject, bytes: number): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-bytes);
}

// Wrapping: what is kept under a root secret.

export type Wrapping = 'SM4-CTR-HMAC-SM3' | 'AES-256-GCM';
export const wrappings: { readonly [S in SealSuite]: Wrapping } = { 'SM2-SM3': 'SM4-CTR-HMAC-SM3', 'P256-SHA256': 'AES-256-GCM' };

/** A root secret and its number among those the installation had. */
export interface Root {
  readonly number: number;
  readonly secret: Uint8Array;
}

/** A wrapped text was changed, belongs to something else, or its root is not here. */
export class WrapRefused extends Error {}

const nonceBytes = 24;

export function freshNonce(): Buffer {
  return randomBytes(nonceBytes);
}

/**
 * `SM4-CTR-HMAC-SM3.1.…`: suite, number of the root, and nonce‖ciphertext‖tag in base64url. `bound` says what it belongs to and must
 * be given again to open it. Keys are of this text alone: HKDF spreads the root with the nonce, so a nonce is never used twice with a key.
 */
export function wrapUnder(root: Root, wrapping: Wrapping, clear: Uint8Array, bound: string): string {
  const nonce = freshNonce();
  const sealed = ciphers[wrapping].seal(root.secret, nonce, clear, aadOf(wrapping, root.number, bound));
  return `${wrapping}.${root.number}.${Buffer.concat([nonce, sealed]).toString('base64url')}`;
}

/** The number of the root a wrapped text needs; null when it is none. */
export function rootOfWrapped(wrapped: string): number | null {
  const number = /^[A-Z0-9-]+\.([1-9]\d{0,8})\.[\w-]+$/.exec(wrapped)?.[1];
  return number === undefined ? null : Number(number);
}

export function unwrapUnder(root: Root, wrapped: string, bound: string): Buffer {
  const [wrapping = '', number, content = '', ...more] = wrapped.split('.');
  const bytes = Buffer.from(content, 'base64url');
  // Base64 has spare bits at its end; only one spelling is ours.
  const spelt = more.length === 0 && number === String(root.number) && bytes.toString('base64url') === content;
  if (!spelt || !isWrapping(wrapping) || bytes.length < nonceBytes + tagBytes[wrapping]) throw new WrapRefused('unreadable');
  try {
    return ciphers[wrapping].open(root.secret, bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes), aadOf(wrapping, root.number, bound));
  } catch (error) {
    throw error instanceof WrapRefused ? error : new WrapRefused('changed', { cause: error });
  }
}

const tagBytes: { readonly [W in Wrapping]: number } = { 'SM4-CTR-HMAC-SM3': 32, 'AES-256-GCM': 16 };
const isWrapping = (name: string): name is Wrapping => Object.hasOwn(tagBytes, name);
const aadOf = (wrapping: Wrapping, number: number, bound: string): Buffer => Buffer.from(JSON.stringify(['fuwuyue.wrapped/1', wrapping, number, bound]));

interface Cipher {
  seal(secret: Uint8Array, nonce: Uint8Array, clear: Uint8Array, aad: Uint8Array): Buffer;
  open(secret: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer;
}

function aesKeys(secret: Uint8Array, nonce: Uint8Array): { readonly key: Buffer; readonly iv: Buffer } {
  const spread = Buffer.from(hkdfSync('sha256', secret, nonce, 'fuwuyue wrap AES-256-GCM', 44));
  return { key: spread.subarray(0, 32), iv: spread.subarray(32) };
}

function smKeys(secret: Uint8Array, nonce: Uint8Array): { readonly key: Buffer; readonly iv: Buffer; readonly mac: Buffer } {
  const spread = Buffer.from(hkdfSync('sm3', secret, nonce, 'fuwuyue wrap SM4-CTR-HMAC-SM3', 64));
  return { key: spread.subarray(0, 16), iv: spread.subarray(16, 32), mac: spread.subarray(32) };
}

/** Over the length of the AAD too, so that no byte can wander from it into the ciphertext. */
function smTag(mac: Uint8Array, aad: Uint8Array, nonce: Uint8Array, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(aad.length);
  return createHmac('sm3', mac).update(length).update(aad).update(nonce).update(content).digest();
}

const ciphers: { readonly [W in Wrapping]: Cipher } = {
  'AES-256-GCM': {
    seal: (secret, nonce, clear, aad) => {
      const { key, iv } = aesKeys(secret, nonce);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
      return Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
    },
    open: (secret, nonce, sealed, aad) => {
      const { key, iv } = aesKeys(secret, nonce);
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad).setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    },
  },
  'SM4-CTR-HMAC-SM3': {
    seal: (secret, nonce, clear, aad) => {
      const { key, iv, mac } = smKeys(secret, nonce);
      const cipher = createCipheriv('sm4-ctr', key, iv);
      const content = Buffer.concat([cipher.update(clear), cipher.final()]);
      return Buffer.concat([content, smTag(mac, aad, nonce, content)]);
    },
    open: (secret, nonce, sealed, aad) => {
      const { key, iv, mac } = smKeys(secret, nonce);
      const content = sealed.subarray(0, -32);
      if (!timingSafeEqual(smTag(mac, aad, nonce, content), sealed.subarray(-32))) throw new WrapRefused('changed');
      const decipher = createDecipheriv('sm4-ctr', key, iv);
      return Buffer.concat([decipher.update(content), decipher.final()]);
    },
  },
};
