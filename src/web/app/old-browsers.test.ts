// Chromium 90 (ux C5 U27): what it lacks is either brought along by old-browsers.ts or not used.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? sources(path) : /\.(?:tsx?|css)$/.test(path) && !path.endsWith('.test.ts') ? [path] : [];
  });
}

const newer = /\.(?:toSpliced|group|groupToMap|findLastEntry|isWellFormed|toWellFormed|union|intersection|difference|fromAsync)\(|Object\.groupBy|Map\.groupBy|Array\.fromAsync|Promise\.(?:withResolvers|try)|AbortSignal\.(?:any|timeout)|Iterator\./;
const newerStyle = /:has\(|@container|@layer|color-mix\(|\bdvh\b|\bsvh\b|:is\([^)]*:has|@scope|text-wrap:\s*balance|accent-color:\s*auto|\baspect-ratio:\s*auto/;

describe('the oldest browser', () => {
  it('is asked for no method that is not brought along', () => {
    expect(sources('src/web').filter((path) => /\.tsx?$/.test(path) && newer.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('is asked for no style it does not know', () => {
    expect(sources('src/web').filter((path) => path.endsWith('.css') && newerStyle.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('gets what it lacks before anything else runs', () => {
    const main = readFileSync('src/web/main.tsx', 'utf8');
    expect(main.indexOf('old-browsers.ts')).toBeLessThan(main.indexOf('start.tsx'));
    expect(main).not.toMatch(/from '\.\/app\/(?:routes|start)/);
  });
});
