import { describe, expect, it } from 'vitest';
import { ConfigRefused } from '../kernel/config.ts';
import { EmbeddedPostgresProblem } from '../kernel/embedded-postgres.ts';
import { MigrationChanged } from '../kernel/migrate.ts';
import { faultOf } from './faults.ts';
import { runCommandLine } from './program.ts';

async function run(words: string, environment: NodeJS.ProcessEnv = {}): Promise<{ exit: number; answer: string; said: string }> {
  const heard = { answer: '', said: '' };
  const exit = await runCommandLine(
    { environment, answer: (text) => void (heard.answer += text), say: (text) => void (heard.said += text) },
    words.split(' ').filter((word) => word !== ''),
  );
  return { exit, ...heard };
}

describe('the command line', () => {
  it.each([
    ['', /请写明命令/, /Name a command/],
    ['seals', /请写明命令/, /Name a command/],
    ['nonsense', /没有这个命令/, /no such command/],
    ['serve --nonsense', /没有这个选项/, /no such option/],
    ['table --unit 330110', /缺少必填选项/, /required option/],
    ['table --edition 2023 --unit', /缺少值/, /lacks its value/],
    ['table --edition 2023 --unit 33x', /“33x”不正确/, /«33x»/],
    ['table --edition 20×23 --unit 330110', /不正确/, /no value for --edition/],
    ['seed', /请选择/, /Choose/],
    ['seed --demo --units-only', /不能同时使用/, /exclude each other/],
    ['bench rollup --options 3', /JSON/, /JSON object/],
    ['bench nonsense', /没有名为“nonsense”/, /There are: .*rollup/],
  ])('refuses «%s» with a sentence in Chinese and English and exit 2', async (words, chinese, english) => {
    const { exit, answer, said } = await run(words);
    expect(exit).toBe(2);
    expect(answer).toBe('');
    expect(said).toMatch(chinese);
    expect(said).toMatch(english);
  });

  it.each([
    ['a setting that cannot be meant', { PORT: 'many' }, 2, /PORT/],
    ['a DATA_DIR that is a file', { DATA_DIR: 'package.json' }, 1, /DATA_DIR（.*package\.json.*）不能写入/],
    ['a DATA_DIR inside of a file', { DATA_DIR: 'package.json/data' }, 1, /DATA_DIR（.*package\.json.*）不能写入/],
    ['a database nobody listens for', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, 1, /连接不到数据库/],
  ])('tells what to do about %s', async (_what, environment, expected, sentence) => {
    const { exit, said } = await run('migrate --json', environment);
    expect(exit).toBe(expected);
    expect(said).toMatch(sentence);
  });

  it('prints exactly one JSON document for the description of the API', async () => {
    const { exit, answer } = await run('openapi --json');
    expect(exit).toBe(0);
    expect(JSON.parse(answer)).toMatchObject({ openapi: '3.1.0' });
  });

  it('shows its version and help and exits 0', async () => {
    expect(await run('--version')).toMatchObject({ exit: 0, answer: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown });
    expect((await run('--help')).answer).toContain('seals');
  });
});

describe('faults that can be foreseen', () => {
  it.each([
    [new EmbeddedPostgresProblem('data_directory_in_use', 'busy'), 1, /数据目录正被另一个进程使用/],
    [new EmbeddedPostgresProblem('no_binary_for_platform', 'none'), 1, /DATABASE_URL/],
    [new EmbeddedPostgresProblem('did_not_start', 'why'), 1, /DATA_DIR/],
    [new MigrationChanged('0001-kernel.sql'), 1, /0001-kernel\.sql/],
    [new ConfigRefused(['PORT']), 2, /PORT/],
    [Object.assign(new Error('listen'), { code: 'EADDRINUSE' }), 1, /端口已被占用/],
    [Object.assign(new Error('password'), { code: '28P01' }), 1, /用户名、密码/],
    [new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })]), 1, /连接不到数据库/],
  ])('are told in plain sentences: %s', (error, exit, chinese) => {
    expect(faultOf(error)).toMatchObject({ exit, chinese: expect.stringMatching(chinese) as unknown });
  });

  it('leave a programming error alone', () => {
    expect(faultOf(new TypeError('a fault of ours'))).toBeNull();
  });
});
