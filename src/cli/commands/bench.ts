// fuwuyue bench NAME: runs one benchmark of the folder bench/, whose files each export `run`.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CommandFault } from '../faults.ts';
import type { Outcome } from '../terminal.ts';

// The same step up leads to the sources and to the build.
const folder = new URL('../../../bench/', import.meta.url);

interface Benchmark {
  run(options: object): Promise<object>;
}

export async function runBenchmark(name: string, options: object): Promise<Outcome> {
  const benchmarks = await listBenchmarks();
  const load = benchmarks.get(name);
  if (load === undefined) {
    const names = [...benchmarks.keys()].join(', ');
    throw new CommandFault(2, `没有名为“${name}”的基准测试。可选：${names}。`, `There is no benchmark «${name}». There are: ${names}.`);
  }
  const document = await load.run(options);
  return { held: true, document, lines: [JSON.stringify(document, null, 2)] };
}

async function listBenchmarks(): Promise<Map<string, Benchmark>> {
  const files = readdirSync(fileURLToPath(folder)).filter((file) => /^[a-z-]+\.(ts|js)$/.test(file)).sort();
  const benchmarks = new Map<string, Benchmark>();
  for (const file of files) {
    const loaded: unknown = await import(new URL(file, folder).href);
    if (isBenchmark(loaded)) benchmarks.set(file.replace(/\.(ts|js)$/, ''), loaded);
  }
  return benchmarks;
}

function isBenchmark(loaded: unknown): loaded is Benchmark {
  return typeof loaded === 'object' && loaded !== null && 'run' in loaded && typeof loaded.run === 'function';
}
