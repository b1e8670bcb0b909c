// What stands between the network and an action: who is let in how often, from where, and what is told of it afterwards.
import { type AddressReader, addressReader } from './address.ts';
import { type Limits, noLimits } from './limits.ts';
import { type Meter, silentMeter } from './meter.ts';

export interface Front {
  readonly limits: Limits;
  readonly addressOf: AddressReader;
  readonly meter: Meter;
  /** `https://fuwuyue.example.cn`; null: whatever host was asked for. */
  readonly origin: string | null;
}

/** For tests of other things. */
export const openFront: Front = { limits: noLimits, addressOf: addressReader(0), meter: silentMeter, origin: null };
