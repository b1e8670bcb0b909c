// An old Node is told so in a sentence, before it meets anything it cannot read.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function runOn(version: string, script: string, ...words: string[]): { status: number | null; stderr: string } {
  const pretend = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;
  return spawnSync(process.execPath, ['--import', pretend, script, ...words], { encoding: 'utf8' });
}

it('refuses a Node older than 20.19, whether by npm start or by the command', () => {
  for (const script of ['scripts/start.mjs', 'bin/fuwuyue.mjs']) {
    const { status, stderr } = runOn('20.18.3', script);
    expect(status).toBe(1);
    expect(stderr).toBe('需要 Node 20.19 或更高版本，当前为 20.18.3。\nNode 20.19 or later is needed; this is 20.18.3.\n');
  }
});

it('takes 20.19 and later', () => {
  for (const version of ['20.19.0', '22.12.0', '24.1.0']) expect(runOn(version, 'scripts/node-version.mjs')).toMatchObject({ status: 0, stderr: '' });
});
