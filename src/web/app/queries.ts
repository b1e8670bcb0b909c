// Reading and commanding from components: one helper each, no hook per endpoint. The query cache and the URL are the state.
import { QueryClient, type UseQueryResult, keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Endpoint, OutputOf, SentInputOf } from '../../shared/endpoint.ts';
import { isForTheRoad } from '../offline/outbox-sign.ts';
import { type Callable, call, newRequestKey } from './client.ts';
import { type Failure, failureOf, mayTryAgain, waitOf } from './failure.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => count < 2 && mayTryAgain(failureOf(error)), retryDelay: (count, error) => 1000 * Math.max(count + 1, waitOf(failureOf(error))), refetchOnWindowFocus: true, networkMode: 'always' },
  },
});

export interface ReadOptions {
  /** False: does not ask yet. */
  readonly when?: boolean;
  /** Keeps the last answer on screen while another input is asked for (lists with filters). */
  readonly keep?: boolean;
  /** Milliseconds an answer counts as fresh; 5 seconds unless said. */
  readonly fresh?: number;
}

export type Read<E extends Callable> = UseQueryResult<OutputOf<E & Endpoint>, Failure>;

export function keyOf(endpoint: Callable, input: unknown): readonly unknown[] {
  return [endpoint.name, input];
}

/** The answer of a GET endpoint; asked again after any command. */
export function useRead<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, options: ReadOptions = {}): Read<E> {
  return useQuery<OutputOf<E & Endpoint>, Failure>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => ask(endpoint, input, signal),
    enabled: options.when ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
    ...(options.fresh === undefined ? {} : { staleTime: options.fresh }),
  });
}

/** The server's answer; on a device set up for the road, what it answered last while it cannot be reached. */
async function ask<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>, signal: AbortSignal): Promise<OutputOf<E & Endpoint>> {
  try {
    return await call(endpoint, input, { signal });
  } catch (error) {
    if (!isForTheRoad() || failureOf(error).code !== 'no_connection') throw error;
    const { findKeptAnswer } = await import('../offline/kept-answers.ts');
    const kept = await findKeptAnswer(endpoint, input as object);
    if (kept === null) throw error;
    return kept as OutputOf<E & Endpoint>;
  }
}

/** Asks before a page needs it. */
export function prefetch<E extends Callable>(endpoint: E, input: SentInputOf<E & Endpoint>): void {
  void queryClient.prefetchQuery({ queryKey: keyOf(endpoint, input), queryFn: ({ signal }) => ask(endpoint, input, signal) });
}

export interface Command<E extends Callable> {
  /** Runs the command. Returns null when it did not go through; the reason is then in `failure`. */
  readonly run: (input: SentInputOf<E & Endpoint>) => Promise<OutputOf<E & Endpoint> | null>;
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** Forgets the last failure. */
  readonly clear: () => void;
}

/** A command (POST, PUT, DELETE). Pressed twice it runs once; tried again after a lost connection it keeps its request key. */
export function useCommand<E extends Callable>(endpoint: E): Command<E> {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);
  const unsettled = useRef<{ readonly input: string; readonly key: string } | null>(null);
  const run = useCallback(async (input: SentInputOf<E & Endpoint>): Promise<OutputOf<E & Endpoint> | null> => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setFailure(null);
    const text = JSON.stringify(input);
    const requestKey = unsettled.current?.input === text ? unsettled.current.key : newRequestKey();
    try {
      const answer = await call(endpoint, input, { requestKey });
      unsettled.current = null;
      refreshAll(client, endpoint.name);
      return answer;
    } catch (error) {
      const failed = failureOf(error);
      unsettled.current = mayTryAgain(failed) ? { input: text, key: requestKey } : null;
      setFailure(failed);
      // Somebody else was faster: show what stands now.
      if (failed.code === 'stale_version' || failed.code === 'wrong_state') refreshAll(client, endpoint.name);
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, [client, endpoint]);
  const clear = useCallback(() => setFailure(null), []);
  return { run, busy, failure, clear };
}

/** A write may change any number on any page: everything on screen is asked for again, except what a year fixes. */
function refreshAll(client: QueryClient, command: string): void {
  const editions = command.startsWith('editions.');
  void client.invalidateQueries({ predicate: ({ queryKey }) => editions || !String(queryKey[0]).startsWith('editions.') });
}
