// The version of this installation, read once from package.json beside the sources or the build.
import { readFileSync } from 'node:fs';

export const version = readVersion(import.meta.url);

function readVersion(from: string): string {
  // Two folders up from src/kernel, three from dist/server/kernel.
  for (const up of ['../../package.json', '../../../package.json']) {
    const text = readIfThere(new URL(up, from));
    if (text === null) continue;
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string') return parsed.version;
  }
  throw new Error('package.json with a version was not found');
}

function readIfThere(url: URL): string | null {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return null;
  }
}
