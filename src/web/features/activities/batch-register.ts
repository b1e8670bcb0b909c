// Registered names of codes that stand alone in the grid, asked for once each, 200 at a time.
import { useEffect, useMemo, useRef, useState } from 'react';
import { lookUpEnterprises } from '../../../modules/enterprises/contract.ts';
import { call } from '../../app/client.ts';
import { useSettled } from '../../app/settled.ts';
import { lonelyCodes } from '../../../modules/imports/rules.ts';
import type { BatchRow } from './batch-rows.ts';

const atOnce = 200;

export interface Register {
  readonly names: ReadonlyMap<string, string>;
  readonly busy: boolean;
}

export function useRegister(rows: readonly BatchRow[], wanted: boolean): Register {
  const codes = useMemo(() => (wanted ? [...new Set(rows.flatMap(({ cells }) => lonelyCodes(cells['enterprises'] ?? '')))].sort().join(',') : ''), [rows, wanted]);
  const settled = useSettled(codes, 300);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const open = settled.split(',').filter((code) => code !== '' && !asked.current.has(code));
    if (open.length === 0) return;
    for (const code of open) asked.current.add(code);
    setBusy(true);
    // An answer is worth keeping whatever was typed meanwhile; React ignores it once the page is gone.
    void lookUp(open).then((found) => {
      // Without a line nothing was learnt: they are asked for again with the next change.
      for (const code of found.unanswered) asked.current.delete(code);
      setBusy(false);
      setNames((before) => new Map([...before, ...found.names]));
    });
  }, [settled]);
  return { names, busy };
}

async function lookUp(codes: readonly string[]): Promise<{ readonly names: readonly [string, string][]; readonly unanswered: readonly string[] }> {
  const names: [string, string][] = [];
  for (let at = 0; at < codes.length; at += atOnce) {
    try {
      const { enterprises } = await call(lookUpEnterprises, { codes: codes.slice(at, at + atOnce).join(',') });
      names.push(...enterprises.map(({ uscc, name }): [string, string] => [uscc, name]));
    } catch {
      return { names, unanswered: codes.slice(at) };
    }
  }
  return { names, unanswered: [] };
}
