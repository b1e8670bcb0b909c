// Pictures before they are sent.
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../shared/wire.ts';
import { fittingSize, isPictureFile, sentName } from './picture.ts';

describe('a picture', () => {
  it('fits into the longest side and is never made larger', () => {
    expect(fittingSize(4000, 3000)).toEqual({ width: 2048, height: 1536 });
    expect(fittingSize(3000, 6000)).toEqual({ width: 1024, height: 2048 });
    expect(fittingSize(640, 480)).toEqual({ width: 640, height: 480 });
    expect(fittingSize(20_000, 2)).toEqual({ width: 2048, height: 1 });
  });

  it('is known by type or ending', () => {
    expect(isPictureFile({ type: '', name: 'IMG_1.HEIC' })).toBe(true);
    expect(isPictureFile({ type: 'application/pdf', name: '方案.pdf' })).toBe(false);
  });

  it('is sent under a name the server takes', () => {
    expect(sentName('合影.HEIC', 'jpg')).toBe('合影.jpg');
    expect(sentName('签到表.xlsx', null)).toBe('签到表.xlsx');
    for (const name of ['', '.jpg', '😀'.repeat(200), '一'.repeat(300), '名\u202e字.png', `${'长'.repeat(99)}😀.png`]) {
      expect(plainText(120).safeParse(sentName(name, 'jpg')).success).toBe(true);
    }
  });
});
