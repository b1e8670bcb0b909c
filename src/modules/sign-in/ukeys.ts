// SM2 keys of UKeys: read from a certificate or a bare public key, and signatures held against them. Touches no table.
// The chain of a certificate is not followed: a security administrator registers each key after having seen its holder.
import { createHash, X509Certificate } from 'node:crypto';
import { verifyWith } from '../../kernel/suites.ts';
import { type Instant, parseInstant } from '../../shared/instant.ts';

export interface UkeyKey {
  /** The point written out: 04, x, y in hexadecimal digits. */
  readonly publicKey: string;
  /** SM3 of the point. */
  readonly fingerprint: string;
  readonly subject: string | null;
  readonly serial: string | null;
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
}

/** What precedes the point of an SM2 key in its DER form (GM/T 0006: 1.2.156.10197.1.301). */
const sm2Head = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

/** A certificate (PEM or base64 of DER) or a public key in hexadecimal digits; null when it is neither, or not of SM2. */
export function readUkeyKey(text: string): UkeyKey | null {
  const bare = text.replace(/\s+/g, '').toLowerCase();
  if (/^(04)?[0-9a-f]{128}$/.test(bare)) return keyOf(bare.length === 128 ? `04${bare}` : bare, null);
  const certificate = certificateOf(text);
  if (certificate === null) return null;
  const encoded = encodedKeyOf(certificate);
  if (encoded === null || encoded.length !== sm2Head.length + 65 || !encoded.subarray(0, sm2Head.length).equals(sm2Head)) return null;
  return keyOf(encoded.subarray(sm2Head.length).toString('hex'), certificate);
}

export function fingerprintOf(publicKey: string): string {
  return createHash('sm3').update(Buffer.from(publicKey, 'hex')).digest('hex');
}

/** Whether r and s are a signature of the text by this key, SM2 with SM3 and the customary user id. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  return verifyWith('SM2-SM3', Buffer.from(publicKey, 'hex'), Buffer.from(text, 'utf8'), Buffer.from(signature, 'hex'));
}

function keyOf(publicKey: string, certificate: X509Certificate | null): UkeyKey | null {
  if (!isOnCurve(publicKey)) return null;
  const dates = certificate === null ? { validFrom: null, validUntil: null } : { validFrom: instantOfCertificate(certificate.validFrom), validUntil: instantOfCertificate(certificate.validTo) };
  return {
    ...dates, publicKey, fingerprint: fingerprintOf(publicKey), serial: certificate?.serialNumber ?? null, subject: certificate === null ? null : subjectOf(certificate),
  };
}

function certificateOf(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text.replace(/\s+/g, ''), 'base64'));
  } catch {
    return null;
  }
}

function encodedKeyOf(certificate: X509Certificate): Buffer | null {
  try {
    return certificate.publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    return null;
  }
}

const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;

/** y² = x³ − 3x + b. A point beside the curve could be registered and would never sign, or worse. */
function isOnCurve(publicKey: string): boolean {
  const x = BigInt(`0x${publicKey.slice(2, 66)}`);
  const y = BigInt(`0x${publicKey.slice(66)}`);
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}

/** Common name, or what there is of the subject, on one line. */
function subjectOf({ subject }: X509Certificate): string {
  return (/^CN=(.+)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')).slice(0, 200);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 24 22:49:29 2026 GMT`, as Node tells dates of certificates. */
function instantOfCertificate(text: string): Instant | null {
  const parts = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) GMT$/.exec(text);
  const month = months.indexOf(parts?.[1] ?? '') + 1;
  if (parts === null || month === 0) return null;
  return parseInstant(`${parts[4]}-${String(month).padStart(2, '0')}-${(parts[2] ?? '').padStart(2, '0')}T${parts[3]}Z`);
}
