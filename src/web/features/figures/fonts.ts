// The fonts of official documents (GB/T 9704) belong to their makers and are never shipped: named first, replaced by local ones.
// Whether a font is there is told by the width of Latin letters, since Chinese characters are equally wide in all fonts.

/** Width of a sample set in a CSS font family list. */
export type Measure = (families: string) => number;

export const titleFonts = ['方正小标宋简体', '方正小标宋_GBK', 'FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05'] as const;
export const textFonts = ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', 'STFangsong'] as const;

const generic = ['monospace', 'serif'] as const;

export function hasFont(family: string, measure: Measure): boolean {
  return generic.some((fallback) => measure(`"${family}", ${fallback}`) !== measure(fallback));
}

/** Whether the sheet is set in fonts other than those prescribed. */
export function isSubstituted(measure: Measure): boolean {
  return ![titleFonts, textFonts].every((families) => families.some((family) => hasFont(family, measure)));
}

/** Measures in this browser; null where it cannot. */
export function browserMeasure(): Measure | null {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return null;
  return (families) => {
    context.font = `72px ${families}`;
    return context.measureText('mmMWil10,.%').width;
  };
}
