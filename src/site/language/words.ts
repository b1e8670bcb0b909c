// Every word of the site, by language and subject. Chinese is complete and the measure; English is complete beside it.
import { assessment as assessmentEnglish } from './en/assessment.ts';
import { column as columnEnglish } from './en/column.ts';
import { firm as firmEnglish } from './en/firm.ts';
import { frame as frameEnglish } from './en/frame.ts';
import { points as pointsEnglish } from './en/points.ts';
import { questionnaire as questionnaireEnglish } from './en/questionnaire.ts';
import { templates as templatesEnglish } from './en/templates.ts';
import { trainings as trainingsEnglish } from './en/trainings.ts';
import { assessment } from './zh/assessment.ts';
import { column } from './zh/column.ts';
import { firm } from './zh/firm.ts';
import { frame } from './zh/frame.ts';
import { points } from './zh/points.ts';
import { questionnaire } from './zh/questionnaire.ts';
import { templates } from './zh/templates.ts';
import { trainings } from './zh/trainings.ts';

export interface SiteWords {
  readonly assessment: typeof assessment;
  readonly column: typeof column;
  readonly firm: typeof firm;
  readonly frame: typeof frame;
  readonly points: typeof points;
  readonly questionnaire: typeof questionnaire;
  readonly templates: typeof templates;
  readonly trainings: typeof trainings;
}

export const siteWords: { readonly zh: SiteWords; readonly en: SiteWords } = {
  zh: { assessment, column, firm, frame, points, questionnaire, templates, trainings },
  en: { assessment: assessmentEnglish, column: columnEnglish, firm: firmEnglish, frame: frameEnglish, points: pointsEnglish, questionnaire: questionnaireEnglish, templates: templatesEnglish, trainings: trainingsEnglish },
};
