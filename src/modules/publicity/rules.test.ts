// Addresses and titles as they are compared, what central media are, and what a stock may come to.
import { expect, it } from 'vitest';
import { decideMove, isListed, linkKeyOf, titleKeyOf } from './rules.ts';
import type { MaterialForm, MaterialMove } from './model.ts';

it('an address is the same however somebody came there', () => {
  const key = linkKeyOf('https://news.example.com/a/1.html?id=7');
  for (const same of ['https://www.news.example.com/a/1.html?id=7', 'https://News.Example.com/a/1.html?from=timeline&id=7', 'https://m.news.example.com/a//1.html?id=7&utm_source=x#top']) expect(linkKeyOf(same)).toBe(key);
  for (const other of ['https://news.example.com/a/1.html?id=8', 'https://news.example.com/A/1.html?id=7']) expect(linkKeyOf(other)).not.toBe(key);
  expect(linkKeyOf('')).toBe('');
});

it('a title is the same without blanks, punctuation and width', () => {
  expect(titleKeyOf('“服务月”启动 ：ＡＢ')).toBe(titleKeyOf('服务月启动:ab'));
});

it('a medium on the list, or named after one on it, is central', () => {
  expect(['人民日报', '人民日报客户端', '望月日报', '中国市场监管报'].map((outlet) => isListed(outlet, ['人民日报', '新华社']))).toEqual([true, true, false, false]);
});

it('a stock never falls below zero, and corrections have a reason', () => {
  const before = { received: 100, handedOut: 60, reads: 0, stock: 40 };
  const move = (over: Partial<MaterialMove>, form: MaterialForm = 'leaflet') => {
    const decided = decideMove(form, before, { kind: 'handed_out', amount: 1, onDay: '2023-06-20', occasion: '集市', activityId: null, reason: '', ...over });
    return decided.ok ? decided.value : decided.problem.details['rule'];
  };
  expect(move({ amount: 40 })).toEqual({ received: 100, handedOut: 100, reads: 0, stock: 0 });
  expect(move({ amount: 41 })).toBe('stock_below_zero');
  expect(move({ amount: 0 })).toBe('move_of_nothing');
  expect(move({ occasion: '' })).toBe('move_occasion_missing');
  expect(move({ amount: -5 })).toBe('move_reason_missing');
  expect(move({ amount: -5, reason: '多记' })).toEqual({ received: 100, handedOut: 55, reads: 0, stock: 45 });
  expect(move({ amount: -61, reason: '多记' })).toBe('move_below_zero');
  expect(move({ kind: 'received', amount: -41, reason: '受潮' })).toBe('stock_below_zero');
  expect(move({ kind: 'read' })).toBe('move_wrong_kind');
  expect(move({ kind: 'received' }, 'online')).toBe('move_wrong_kind');
  expect(move({ kind: 'read', amount: 9 }, 'online')).toMatchObject({ reads: 9, stock: 40 });
});
