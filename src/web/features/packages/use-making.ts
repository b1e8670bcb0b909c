// Makes a package and takes it to this machine: the server makes, verifies and records it, then its bytes come as one file.
import { useCallback, useEffect, useRef, useState } from 'react';
import { downloadPackage, makePackage } from '../../../modules/packages/contract.ts';
import { receive } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { saveFile } from '../../app/file-saving.ts';
import { useCommand } from '../../app/queries.ts';
import { useSeat } from '../../app/session.tsx';
import { usePackagesText } from '../../language/packages.ts';
import { tell } from '../../ui/toasts.tsx';

export type MakingState = 'idle' | 'making' | { readonly done: number; readonly all: number };

export interface Making {
  readonly state: MakingState;
  readonly failure: Failure | null;
  readonly make: (version: number, evidence: readonly string[]) => Promise<void>;
  readonly take: (id: string, bytes: number) => Promise<void>;
}

export function useMaking(): Making {
  const words = usePackagesText();
  const seat = useSeat();
  const command = useCommand(makePackage);
  const [state, setState] = useState<MakingState>('idle');
  const [failure, setFailure] = useState<Failure | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const { run } = command;
  const take = useCallback(async (id: string, bytes: number): Promise<void> => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFailure(null);
    setState({ done: 0, all: bytes });
    try {
      const { name, content } = await receive(downloadPackage, { id }, (done) => setState({ done, all: bytes }), { signal });
      saveFile(name, content);
      tell({ text: words.made(name) });
    } catch (error) {
      if (!signal.aborted) setFailure(failureOf(error));
    } finally {
      setState('idle');
    }
  }, [words]);
  const make = useCallback(async (version: number, evidence: readonly string[]): Promise<void> => {
    setFailure(null);
    setState('making');
    const made = await run({ edition: seat.edition, unitCode: seat.unitCode, version, evidence: [...evidence] });
    if (made === null) setState('idle');
    else await take(made.id, made.bytes);
  }, [run, seat, take]);
  return { state, failure: failure ?? command.failure, make, take };
}
