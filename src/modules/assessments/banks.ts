// Item banks from the data files, each validated before it is used. Old ones stay: what was answered is read by the items it was answered to.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.ts';
import { type ItemBank, itemBank } from './model.ts';
import { bankFaults } from './rules.ts';

const directory = join(packageRoot, 'data', 'assessments');

let loaded: Promise<readonly ItemBank[]> | null = null;

/** The oldest first; read once. */
function banks(): Promise<readonly ItemBank[]> {
  loaded ??= readBanks(directory);
  return loaded;
}

export async function readBanks(from: string): Promise<readonly ItemBank[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => {
    const bank = itemBank.parse(JSON.parse(await readFile(join(from, name), 'utf8')));
    const faults = bankFaults(bank);
    if (faults.length > 0 || `${bank.code}.json` !== name) throw new Error(`${name} does not hold together: ${faults.join(', ') || 'its name is another'}`);
    return bank;
  }));
}

export async function currentBank(): Promise<ItemBank> {
  const newest = (await banks()).at(-1);
  if (newest === undefined) throw new Error('there is no item bank');
  return newest;
}

export async function findBank(code: string): Promise<ItemBank | undefined> {
  return (await banks()).find((one) => one.code === code);
}
