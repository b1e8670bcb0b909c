// Files on their way to the server, one after another: waiting, made small, sending, sent, or not taken. What was sent is
// handed to the form at once, so that a closed tab loses at most the file under way.
import { useCallback, useEffect, useRef, useState } from 'react';
import { uploadEvidence } from '../../../modules/evidence/contract.ts';
import { maximumFileBytes } from '../../../modules/evidence/model.ts';
import { newRequestKey, upload } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import type { KeptFile } from './entry-form-state.ts';
import { isPictureFile, sentName, shrinkPicture } from './picture.ts';

export const mostFiles = 20;

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly file: File;
  readonly state: 'waiting' | 'shrinking' | 'sending' | 'refused';
  /** 0 to 1. */
  readonly part: number;
  /** Why it was not taken; `too_large` is found out before sending. */
  readonly failure: Failure | null;
  readonly tooLarge: boolean;
}

export interface Uploads {
  /** The unit has used most of the room it has for this edition. */
  readonly scarce: boolean;
  readonly list: readonly Upload[];
  readonly add: (files: readonly File[]) => void;
  readonly again: (id: number) => void;
  readonly remove: (id: number) => void;
}

interface Ledger {
  readonly edition: string;
  readonly unitCode: string;
}

let lastUpload = 0;

export function useUploads({ edition, unitCode }: Ledger, onSent: (file: KeptFile) => void): Uploads {
  const [list, setList] = useState<readonly Upload[]>([]);
  const [scarce, setScarce] = useState(false);
  const underWay = useRef<{ readonly id: number; readonly stop: AbortController } | null>(null);
  const sent = useRef(onSent);
  useEffect(() => {
    sent.current = onSent;
  });
  const change = useCallback((id: number, what: Partial<Upload>): void => setList((all) => all.map((one) => (one.id === id ? { ...one, ...what } : one))), []);

  useEffect(() => {
    const next = list.find(({ state }) => state === 'waiting');
    if (next === undefined || underWay.current !== null) return;
    const stop = new AbortController();
    underWay.current = { id: next.id, stop };
    void sendFile({ edition, unitCode }, next.file, stop.signal, (what) => change(next.id, what))
      .then(({ file, scarce: nearlyFull }) => {
        underWay.current = null;
        sent.current(file);
        setScarce(nearlyFull);
        setList((all) => all.filter(({ id }) => id !== next.id));
      })
      .catch((error: unknown) => {
        underWay.current = null;
        // A file taken away while it was on its way is simply gone; the list below is already without it.
        if (stop.signal.aborted) setList((all) => all.filter(({ id }) => id !== next.id));
        else change(next.id, { state: 'refused', failure: failureOf(error) });
      });
  }, [list, edition, unitCode, change]);
  useEffect(() => () => underWay.current?.stop.abort(), []);

  const add = useCallback((files: readonly File[]): void => {
    const added = files.map((file): Upload => {
      lastUpload += 1;
      const tooLarge = file.size > maximumFileBytes;
      return { id: lastUpload, name: file.name, file, state: tooLarge ? 'refused' : 'waiting', part: 0, failure: null, tooLarge };
    });
    setList((all) => [...all, ...added]);
  }, []);
  const again = useCallback((id: number): void => change(id, { state: 'waiting', part: 0, failure: null }), [change]);
  const remove = useCallback((id: number): void => {
    if (underWay.current?.id === id) underWay.current.stop.abort();
    setList((all) => all.filter((one) => one.id !== id));
  }, []);
  return { list, scarce, add, again, remove };
}

async function sendFile({ edition, unitCode }: Ledger, file: File, signal: AbortSignal, tell: (what: Partial<Upload>) => void): Promise<{ readonly file: KeptFile; readonly scarce: boolean }> {
  tell({ state: 'shrinking' });
  const small = isPictureFile(file) ? await shrinkPicture(file) : null;
  const name = sentName(file.name, small === null ? null : 'jpg');
  const requestKey = newRequestKey();
  tell({ state: 'sending' });
  const { id, name: keptName, mediaType, bytes, checked, scarce } = await upload(uploadEvidence, { edition, unitCode, name }, small ?? file, (part) => tell({ part }), { requestKey, signal });
  return { file: { id, name: keptName, mediaType, bytes, checked }, scarce };
}
