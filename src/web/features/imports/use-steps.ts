// Work done in many small calls, one after the other: it can be stopped between any two, and gone on with.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from '../../app/failure.ts';

export interface Steps {
  readonly running: boolean;
  readonly failure: Failure | null;
  readonly start: () => void;
  readonly stop: () => void;
}

/** `step` does the next piece and says whether there is more. Leaving the page stops after the piece under way. */
export function useSteps(step: () => Promise<boolean>): Steps {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wanted = useRef(false);
  const current = useRef(step);
  useEffect(() => {
    current.current = step;
  });
  useEffect(() => () => {
    wanted.current = false;
  }, []);
  const start = useCallback(() => {
    if (wanted.current) return;
    wanted.current = true;
    setRunning(true);
    setFailure(null);
    const goOn = async (): Promise<void> => {
      try {
        while (wanted.current && (await current.current()));
      } catch (error) {
        setFailure(failureOf(error));
      } finally {
        wanted.current = false;
        setRunning(false);
      }
    };
    void goOn();
  }, []);
  const stop = useCallback(() => {
    wanted.current = false;
  }, []);
  return { running, failure, start, stop };
}
