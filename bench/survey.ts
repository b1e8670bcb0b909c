// bench survey: answers of questionnaires: how many full checks of a 20-question form a second and core.
import { checks } from './survey-checks.ts';
import { machine, progress } from './world.ts';

interface SurveyOptions {
  /** How long each way of checking is measured. */
  readonly milliseconds?: number;
}

export async function run({ milliseconds = 3_000 }: SurveyOptions = {}): Promise<object> {
  progress('checking');
  const checked = checks(milliseconds);
  return { bench: 'survey', machine: machine(), checks: checked };
}
