// What an editor types becomes data and comes back as it was typed.
import { describe, expect, it } from 'vitest';
import { blocksOf, typedOf } from './markup.ts';

const picture = '33-00000000-0000-4000-8000-000000000001';
const typed = `## 做四件事\n\n先说**要紧的**，再看[通知](https://example.gov.cn/a?b=1)。\n\n1. 走访\n2. 宣传\n\n- 一\n- 二\n\n> 引用一句\n\n### 图\n\n![会场全景](${picture} "开班")`;

describe('markup', () => {
  it('goes there and back', () => {
    const blocks = blocksOf(typed);
    expect(blocks.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'heading', 'picture']);
    expect(typedOf(blocks)).toBe(typed);
    expect(blocksOf(typedOf(blocks))).toEqual(blocks);
  });

  it('makes no link of anything but https, and no HTML of anything', () => {
    for (const line of ['[点我](javascript:alert(1))', '[点我](http://example.com)', '<a href="https://example.com">x</a>', '![x](https://example.com/a.png)']) {
      const [block] = blocksOf(line);
      expect(block, line).toMatchObject({ type: 'paragraph' });
      expect(block !== undefined && 'runs' in block ? block.runs.every(({ link }) => link === null || link.startsWith('https://')) : false, line).toBe(true);
    }
    expect(blocksOf('')).toEqual([]);
  });
});
