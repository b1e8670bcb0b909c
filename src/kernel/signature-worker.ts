// Runs in a worker thread: verifies signatures, a batch at a time.
import { parentPort } from 'node:worker_threads';
import type { SignatureSuite } from '../shared/signature.ts';
import { verifyWith } from './suites.ts';

/** Suite, public key, message, signature. */
export type SignatureTask = readonly [SignatureSuite, Uint8Array, Uint8Array, Uint8Array];

parentPort?.on('message', (tasks: readonly SignatureTask[]) => {
  parentPort?.postMessage(tasks.map((task) => verifyWith(...task)));
});
