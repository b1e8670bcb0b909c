import { describe, expect, it } from 'vitest';
import { hasFont, isSubstituted, type Measure } from './fonts.ts';

/** A computer with some fonts of known widths. */
function computer(widths: { readonly [family: string]: number }): Measure {
  const known: { readonly [family: string]: number } = { monospace: 600, serif: 500, ...widths };
  return (families) => families.split(',').map((family) => known[family.trim().replaceAll('"', '')]).find((width) => width !== undefined) ?? 0;
}

describe('fonts of official documents', () => {
  it('are found by their width', () => {
    expect(hasFont('FangSong', computer({ FangSong: 450 }))).toBe(true);
    expect(hasFont('FangSong', computer({}))).toBe(false);
  });

  it('are found even when as wide as one generic font', () => {
    expect(hasFont('FangSong', computer({ FangSong: 600 }))).toBe(true);
  });

  it('are substituted when the title or the text lacks its font', () => {
    expect(isSubstituted(computer({}))).toBe(true);
    expect(isSubstituted(computer({ 仿宋_GB2312: 450 }))).toBe(true);
    expect(isSubstituted(computer({ 方正小标宋简体: 470 }))).toBe(true);
    expect(isSubstituted(computer({ 方正小标宋简体: 470, FangSong: 450 }))).toBe(false);
  });
});
