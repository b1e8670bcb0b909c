// How a unit's short name sounds, for finding it with a Latin keyboard: 余杭区 is yuhangqu, yhq.
import { pinyin } from 'pinyin-pro';

/** Place names that are read otherwise than the dictionary thinks. */
const readings: readonly (readonly [string, string])[] = [
  ['喀什', 'ka shi'], ['黄陂', 'huang pi'], ['蔚县', 'yu xian'], ['单县', 'shan xian'], ['大埔', 'da bu'], ['尉犁', 'yu li'], ['泌阳', 'bi yang'], ['浚县', 'xun xian'],
  ['洪洞', 'hong tong'], ['宕昌', 'tan chang'], ['乐亭', 'lao ting'], ['歙县', 'she xian'], ['吴堡', 'wu bu'], ['六合', 'lu he'], ['繁峙', 'fan shi'],
];

export interface Sound {
  readonly pinyin: string;
  readonly initials: string;
}

export function soundOf(name: string): Sound {
  let told = name;
  for (const [characters, reading] of readings) told = told.replaceAll(characters, ` ${reading} `);
  const syllables = told.split(' ').flatMap((part) => (/^[a-z]*$/.test(part) ? [part] : pinyin(part, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })));
  const written = syllables.map((syllable) => syllable.toLowerCase().replaceAll(/[^a-z0-9]/g, '')).filter((syllable) => syllable !== '');
  return { pinyin: written.join(''), initials: written.map((syllable) => (/^\d/.test(syllable) ? syllable : syllable.slice(0, 1))).join('') };
}
