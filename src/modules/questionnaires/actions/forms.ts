// Forms of other tools (XLSForm) taken in as drafts, and questionnaires written as such forms.
import { readSheets } from '../../../documents/sheets.ts';
import { cellText } from '../../../documents/sheets/cells.ts';
import { workbookBytes, workbookMediaType } from '../../../documents/workbook.ts';
import { demandChecked } from '../../../kernel/checked-upload.ts';
import { found, type Implementation, implementInStages, raise } from '../../../kernel/context.ts';
import { problem } from '../../../shared/problem.ts';
import * as contract from '../contract/building.ts';
import { definition as definitionSchema } from '../model/definition.ts';
import { findVersion } from '../queries/building.ts';
import { readForm } from '../rules/form-reading.ts';
import { writeForm } from '../rules/form-writing.ts';
import { draftQuestionnaire, getOwn, openBuilding } from './building.ts';

const sheetLimits = { rows: 5_000, columns: 120, sheets: 20, milliseconds: 20_000, megabytes: 200, mostUnpacked: 60 * 1024 * 1024 };

const taken = implementInStages(
  contract.importXlsForm,
  async (context, { edition, unitCode, name }) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    await context.read((tx) => openBuilding({ tx, actor }, 'build_questionnaires', edition, unitCode));
    await demandChecked(context, unitCode, 'questionnaire');
    const sheets = await readSheets(context.bytes, name, sheetLimits);
    const read = readForm(sheets.map((sheet) => ({ name: sheet.name, rows: sheet.rows.map((row) => row.map(cellText)) })), name);
    if (read === null) raise(problem('file_refused', { reason: 'no_questions' }));
    // Texts are made plain and held to the limits of what is typed; a marking of secrecy refuses the file.
    const definition = definitionSchema.safeParse(read.definition);
    if (!definition.success) raise(problem('file_refused', { reason: definition.error.issues.some(({ message }) => message === 'classified_marking') ? 'classified_marking' : 'form_unreadable' }));
    return { definition: definition.data, unsaid: read.unsaid };
  },
  async (context, { edition, unitCode, name }, { definition, unsaid }) => {
    const unit = await openBuilding(context, 'build_questionnaires', edition, unitCode);
    return { ...(await draftQuestionnaire(context, edition, unit, definition, { from: 'form', fileName: name })), unsaid: [...unsaid] };
  },
);

const written = implementInStages(
  contract.exportXlsForm,
  async (context, { id, number }) => {
    const actor = context.actor ?? raise(problem('not_signed_in'));
    const { definition, demonstration } = await context.read(async (tx) => {
      const { questionnaire } = await getOwn({ tx, actor }, id);
      if (number === undefined) return questionnaire;
      return { ...found(await findVersion(tx, id, number), 'questionnaire_version', String(number)), demonstration: questionnaire.demonstration };
    });
    const sheets = writeForm(definition, `fuwuyue_${id.slice(0, 11).replaceAll('-', '_')}`);
    const bytes = await workbookBytes({ sheets: sheets.map(({ name, rows }) => ({ name, columns: (rows[0] ?? []).map(() => ({ width: 24 })), rows, headRows: 1 })) });
    const title = definition.title['zh'] ?? '';
    return { mediaType: workbookMediaType, fileName: `${demonstration ? '演示 ' : ''}${title === '' ? '问卷' : title}.xlsx`, inline: false, bytes };
  },
  async (_context, _input, made) => made,
);

export const formActionsOfQuestionnaires: readonly Implementation[] = [taken, written];
