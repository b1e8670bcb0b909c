// What a read shows while it is under way, when it did not work, and when it is there. A zero is never a time-out.
import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Failure } from '../app/failure.ts';
import { useText } from '../language/text.tsx';
import { FailureNotice } from './notice.tsx';

/** `children` gets the answer. An answer on screen stays there when asking again did not work, and the notice says so. */
export function Shown<T>({ read, children }: { readonly read: UseQueryResult<T, Failure>; readonly children: (answer: T) => ReactNode }) {
  const again = (): void => void read.refetch();
  if (read.data !== undefined) {
    return (
      <>
        {read.error === null ? null : <FailureNotice failure={read.error} kept="read" onAgain={again} />}
        {children(read.data)}
      </>
    );
  }
  if (read.error !== null) return <FailureNotice failure={read.error} kept="read" onAgain={again} />;
  return <Loading />;
}

/** Appears only when it takes longer than a blink, so that nothing flickers. */
export function Loading() {
  const text = useText();
  return <p className="loading" role="status">{text.kit.loading}…</p>;
}
