// What the application asks of a UKey: which SM2 keys are in, and a signature over a text. Whatever middleware an office has (SKF,
// GM/T 0016, behind a local service or a vendor's script) is fitted to it by one file beside this one; src/testing/ukey-conformance.ts
// says whether it fits.

export interface UkeyKey {
  /** As the middleware knows it. */
  readonly id: string;
  /** As people know it: the holder in its certificate, or what is printed on it. */
  readonly name: string;
  /** The point written out: 04, x, y in small hexadecimal digits. */
  readonly publicKey: string;
}

export interface UkeyShelf {
  readonly keys: readonly UkeyKey[];
  /** Whether our page asks for the PIN; else the middleware does in a window of its own. */
  readonly pinHere: boolean;
}

export interface UkeyPort {
  /** The SM2 signing keys that are in now. */
  list(): Promise<UkeyShelf>;
  /** r and s, 64 bytes in small hexadecimal digits: SM2 over the UTF-8 of the text with SM3 and the user id 1234567812345678. */
  sign(key: UkeyKey, text: string, pin: string | null): Promise<string>;
}

export type UkeyFaultKind = 'no_middleware' | 'no_key' | 'wrong_pin' | 'pin_locked' | 'given_up' | 'unreadable';

/** Why a UKey did not do it. Nothing else is thrown by a port. */
export class UkeyFault extends Error {
  readonly kind: UkeyFaultKind;
  /** Of a wrong PIN, when the key tells. */
  readonly triesLeft: number | null;
  constructor(kind: UkeyFaultKind, triesLeft: number | null = null) {
    super(kind);
    this.kind = kind;
    this.triesLeft = triesLeft;
  }
}
