// What is done with the verdict of the virus scanner before anything of a file is kept or read. Infected: refused, and recorded
// although it is refused. No answer: whoever can keep a file out of sight until there is one says so, all others refuse it.
import { problem } from '../shared/problem.ts';
import { type OutsideContext, raise } from './context.ts';
import { sha256Of } from './digest.ts';

export type Checked = 'clean' | 'unchecked' | 'pending';

export async function checkUpload(context: OutsideContext, unitCode: string, kind: string): Promise<Checked> {
  const verdict = await context.scan(context.bytes);
  if (verdict !== 'infected') return verdict === 'error' ? 'pending' : verdict;
  const sha256 = sha256Of(context.bytes);
  await context.write(async (_tx, record) => {
    record({ action: 'upload.infected', unitCode, subjectKind: kind, subjectId: sha256, after: { bytes: context.bytes.length, sha256 } });
  });
  return raise(problem('file_refused', { reason: 'infected' }));
}

/** For files that are read at once. */
export async function demandChecked(context: OutsideContext, unitCode: string, kind: string): Promise<void> {
  if ((await checkUpload(context, unitCode, kind)) === 'pending') raise(problem('scan_unavailable', { retryAfterSeconds: 60 }));
}
