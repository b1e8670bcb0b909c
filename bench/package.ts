// bench package: a nation of 3,233 units, sealed by the real rules: packing it, and verifying the package from the leaves to the
// top (target: under ten seconds for 3,200 units).
import { performance } from 'node:perf_hooks';
import { partsOf, writePackage } from '../src/modules/packages/building.ts';
import { bytesReader, nodeTools } from '../src/modules/packages/reading.ts';
import { verifyPackage } from '../src/modules/packages/rules/verifying.ts';
import { madeUpEdition, packNation, sealNation } from './sealed-nation.ts';
import { machine, progress, round } from './world.ts';

interface PackageOptions {
  /** Units below each unit, level by level. */
  readonly shape?: readonly number[];
}

export async function run({ shape = [32, 10, 9] }: PackageOptions = {}): Promise<object> {
  const edition = madeUpEdition();
  const sealed = sealNation(edition, shape, (unit, indicator) => (Number(unit) * 7 + indicator.length * 13) % 900);
  progress(`${sealed.length} units sealed`);
  const contents = packNation(edition, sealed, new Uint8Array(200_000));
  const pieces: Uint8Array[] = [];
  const packing = performance.now();
  await writePackage(contents.description, partsOf(contents), async (piece) => void pieces.push(piece));
  const bytes = Buffer.concat(pieces);
  const verifying = performance.now();
  const used = process.cpuUsage();
  const { holds, firstFault, units } = await verifyPackage(bytesReader(bytes), nodeTools);
  const end = performance.now();
  const { user, system } = process.cpuUsage(used);
  return {
    bench: 'package', machine: machine(), units: units.length, bytes: bytes.length, holds, firstFault,
    packSeconds: round((verifying - packing) / 1000), verifySeconds: round((end - verifying) / 1000), verifyProcessorSeconds: round((user + system) / 1e6), peakMegabytes: round(process.resourceUsage().maxRSS / 1024),
  };
}
