// Taking lists out as files. Who may see a list may take it out, and every time leaves an audit record before the first byte.
import { implement, type Implementation } from '../../kernel/context.ts';
import type { Json } from '../../shared/problem.ts';
import { getEditionByCode } from '../editions/queries.ts';
import { getUnitNames } from './names.ts';
import { makeExport } from './contract.ts';
import { isOfKnown, openKnown } from './enterprises.ts';
import { openCell, openMatrix, openOverview } from './figures.ts';
import { openEnterprises, openLedger } from './ledger.ts';
import { openAccounts, openAudit, openUnits } from './lists.ts';
import type { ExportSubject } from './model.ts';
import { dataClassOf, fileNameOf, momentText } from './rules.ts';
import { type ExportInfo, type ExportRequest, type OpenedExport, said } from './tables.ts';
import { mediaTypes, writeExport } from './writing.ts';
import { english } from './words-en.ts';
import { chinese } from './words.ts';

function openExport(request: ExportRequest, subject: ExportSubject): Promise<OpenedExport> {
  if (isOfKnown(subject)) return openKnown(request, subject);
  switch (subject.kind) {
    case 'ledger': {
      const { kind = null, from = null, to = null, query = null } = subject.filter;
      return openLedger(request, { kind, from, to, query, deleted: false });
    }
    case 'bin':
      return openLedger(request, { kind: null, from: null, to: null, query: null, deleted: true });
    case 'enterprises':
      return openEnterprises(request);
    case 'matrix':
      return openMatrix(request, subject.basis);
    case 'overview':
      return openOverview(request, subject.basis, subject.indicator);
    case 'cell':
      return openCell(request, subject.indicator);
    case 'units':
      return openUnits(request);
    case 'accounts':
      return openAccounts(request);
    case 'audit':
      return openAudit(request);
  }
}

const make = implement(makeExport, async (context, { edition: editionCode, unitCode, format, language, subject }) => {
  const words = language === 'en' ? english : chinese;
  const opened = await openExport({ context, edition: editionCode, unitCode, words }, subject);
  const { definition } = await getEditionByCode(context.tx, editionCode);
  const unit = await getUnitNames(context.tx, unitCode);
  const { kind, ...asked } = subject;
  context.record({ action: 'exports.make', unitCode, subjectKind: 'export', subjectId: kind, after: { format, rows: opened.rows, ...(asked as { readonly [name: string]: Json }) }, basis: 'reason' in subject ? subject.reason : null });
  const content = words.names[kind];
  const shown = opened.filter.length === 0 ? words.info.noFilter : opened.filter.map(([label, value]) => `${label} ${value}`).join(words.separator);
  const infoOf = (rows: number): ExportInfo => ({
    format, title: content, demonstration: context.demonstration, author: context.actor.name, at: context.now,
    lines: [
      [words.info.subject, content], [words.info.unit, `${unit.name} ${unitCode}`], [words.info.edition, `${said(words, definition.ordinal)} ${editionCode}${definition.official ? '' : ` ${words.info.unofficial}`}`],
      [words.info.filter, shown], ...(opened.basis === null ? [] : [[words.info.basis, opened.basis] as const]), [words.info.rows, String(rows)], [words.info.by, context.actor.name],
      [words.info.at, momentText(context.now)], [words.info.dataClass, words.dataClasses[dataClassOf[kind]]], [words.info.secrecy, words.secrecyLine],
    ],
  });
  return {
    mediaType: mediaTypes[format],
    fileName: fileNameOf({ unit: unit.shortName, edition: editionCode, content, date: context.now.slice(0, 10), demonstration: context.demonstration ? words.demonstration : null }, format),
    rows: opened.rows,
    async *chunks(tx) {
      const table = await opened.open(tx);
      yield* writeExport(table, infoOf(table.rows), words);
    },
  };
});

export const exportActions: readonly Implementation[] = [make];
