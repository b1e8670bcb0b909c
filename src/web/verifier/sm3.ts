// SM3 (GB/T 32905-2016), fed piece by piece: the libraries at hand want all bytes at once, and a package has hundreds of
// megabytes. Padding and buffering are those of @noble/hashes; only the compression function is here. Proven against Node's.
import { HashMD } from '@noble/hashes/_md.js';

type State = [number, number, number, number, number, number, number, number];
const start: State = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const spreadWide = (word: number): number => word ^ rotated(word, 15) ^ rotated(word, 23);
const spreadNarrow = (word: number): number => word ^ rotated(word, 9) ^ rotated(word, 17);

/** The constant of each round, turned as the round wants it. */
const constants = Int32Array.from({ length: 64 }, (_unused, round) => rotated(round < 16 ? 0x79cc4519 : 0x7a879d8a, round % 32));
const expanded = new Int32Array(68);

export class Sm3 extends HashMD<Sm3> {
  #state: State = [...start];

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): number[] {
    return [...this.#state];
  }

  protected set(...state: number[]): void {
    this.#state = state as State;
  }

  protected process(view: DataView, offset: number): void {
    const words = expanded;
    const word = (at: number): number => words[at] ?? 0;
    for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(offset + at * 4, false);
    for (let at = 16; at < 68; at += 1) words[at] = spreadWide(word(at - 16) ^ word(at - 9) ^ rotated(word(at - 3), 15)) ^ rotated(word(at - 13), 7) ^ word(at - 6);
    const before = this.#state;
    let [a, b, c, d, e, f, g, h] = before;
    for (let round = 0; round < 64; round += 1) {
      const turned = rotated(a, 12);
      const first = rotated((turned + e + (constants[round] ?? 0)) | 0, 7);
      const early = round < 16;
      const left = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (first ^ turned) + (word(round) ^ word(round + 4))) | 0;
      const right = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + first + word(round)) | 0;
      d = c;
      c = rotated(b, 9);
      b = a;
      a = left;
      h = g;
      g = rotated(f, 19);
      f = e;
      e = spreadNarrow(right);
    }
    this.#state = [before[0] ^ a, before[1] ^ b, before[2] ^ c, before[3] ^ d, before[4] ^ e, before[5] ^ f, before[6] ^ g, before[7] ^ h];
  }

  protected roundClean(): void {
    expanded.fill(0);
  }

  destroy(): void {
    this.#state = [0, 0, 0, 0, 0, 0, 0, 0];
    this.buffer.fill(0);
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.#state = [...this.#state];
    to.buffer.set(this.buffer);
    Object.assign(to, { length: this.length, pos: this.pos, finished: this.finished, destroyed: this.destroyed });
    return to;
  }
}
