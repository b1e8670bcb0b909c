// The sections of a column, once: what stands on top of every page and among the services. Those whose pages another part brings
// appear when `needs`, the path as that page writes it, is there.
import { nationUnit } from '../shared/wire.ts';
import type { SiteWords } from './language/words.ts';
import type { SiteRequest } from './page.ts';

export interface ColumnSection {
  readonly name: keyof SiteWords['column']['sections'];
  /** Path as the page's own definition writes it. */
  readonly needs: string;
  readonly path: (unitCode: string) => string;
  readonly place: 'top' | 'services' | 'both';
  /** Also in 长者模式, where there are fewer. */
  readonly plain: boolean;
}

/** The column of a unit; the nation's has no code in its address. */
export function columnPath(unitCode: string, rest = ''): string {
  return `/column/${unitCode}${rest}`.replace(`/column/${nationUnit}`, rest === '' ? '/column' : `/column/${nationUnit}`);
}

const ofUnit = (rest: string) => (unitCode: string): string => columnPath(unitCode, rest);
const unitPattern = '/column/:unit{[0-9]{6}}';

export const columnSections: readonly ColumnSection[] = [
  { name: 'progress', needs: `${unitPattern}/progress`, path: ofUnit('/progress'), place: 'top', plain: true },
  { name: 'news', needs: `${unitPattern}/:kind{news|policy|guide|typical_case}`, path: ofUnit('/news'), place: 'top', plain: true },
  { name: 'policy', needs: `${unitPattern}/:kind{news|policy|guide|typical_case}`, path: ofUnit('/policy'), place: 'top', plain: false },
  { name: 'guide', needs: `${unitPattern}/:kind{news|policy|guide|typical_case}`, path: ofUnit('/guide'), place: 'top', plain: true },
  { name: 'typical_case', needs: `${unitPattern}/:kind{news|policy|guide|typical_case}`, path: ofUnit('/typical_case'), place: 'top', plain: false },
  { name: 'questionnaires', needs: '/questionnaires', path: () => '/questionnaires', place: 'services', plain: true },
  { name: 'assessment', needs: '/assessment', path: () => '/assessment', place: 'services', plain: true },
  { name: 'firm', needs: '/firm', path: () => '/firm', place: 'services', plain: true },
  { name: 'servicePoints', needs: '/points', path: () => '/points', place: 'services', plain: true },
  { name: 'trainings', needs: '/trainings', path: () => '/trainings', place: 'services', plain: true },
  { name: 'templates', needs: '/templates', path: () => '/templates', place: 'services', plain: false },
  { name: 'help', needs: `${unitPattern}/help`, path: ofUnit('/help'), place: 'both', plain: true },
  { name: 'openData', needs: `${unitPattern}/open-data`, path: ofUnit('/open-data'), place: 'services', plain: false },
];

export function sectionsAt(place: 'top' | 'services', { large, has }: Pick<SiteRequest, 'large' | 'has'>): readonly ColumnSection[] {
  return columnSections.filter((section) => (section.place === place || section.place === 'both') && (section.plain || !large) && has(section.needs));
}
