// Every page of the site, once.
import type { SitePage } from './page.ts';
import { questionnaireDonePage, questionnairePage } from './pages/questionnaire.ts';

export const sitePages: readonly SitePage[] = [questionnairePage, questionnaireDonePage];
