// Decides how an exported file is called and what its first sheet says. Pure.
import type { CalendarDate, Instant } from '../../shared/instant.ts';
import type { ExportFormat, ExportSubjectKind } from './model.ts';

/** Which facts a subject brings out, for the line that says so. */
export const dataClassOf: { readonly [K in ExportSubjectKind]: 'work' | 'enterprises' | 'persons' } = {
  ledger: 'enterprises', bin: 'enterprises', enterprises: 'enterprises', register: 'enterprises', coverage: 'work', contacts: 'persons', cell: 'enterprises', matrix: 'work', overview: 'work', units: 'work', accounts: 'persons', audit: 'persons',
};

/** 单位-届次-内容-日期, without characters that some system does not take in a name. */
export function fileNameOf(parts: { readonly unit: string; readonly edition: string; readonly content: string; readonly date: CalendarDate; readonly demonstration: string | null }, format: ExportFormat): string {
  const { unit, edition, content, date, demonstration } = parts;
  const name = [...(demonstration === null ? [] : [demonstration]), unit, edition, content, date.replaceAll('-', '')].join('-');
  return `${name.replace(/[\p{Cc}\\/:*?"<>|]/gu, '_')}.${format}`;
}

/** `2023-06-26 09:00:00`, as a sheet sorts it. */
export function momentText(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}
