// Every page of the site, once.
import type { SitePage } from './page.ts';
import { assessmentPage } from './pages/assessment.ts';
import { firmAssessmentPage, firmAssessmentsPage, firmDraftPage } from './pages/firm-assessments.ts';
import { firmAskPage, firmSignInPage, firmStartPage } from './pages/firm-sign-in.ts';
import { firmAccountPage, firmHomePage, firmServicesPage, firmViewsPage } from './pages/firm.ts';
import { pointsPage } from './pages/points.ts';
import { questionnaireDonePage, questionnairePage } from './pages/questionnaire.ts';

export const sitePages: readonly SitePage[] = [
  pointsPage,
  questionnairePage, questionnaireDonePage,
  assessmentPage, firmHomePage, firmSignInPage, firmStartPage, firmAskPage, firmServicesPage, firmViewsPage, firmAccountPage, firmAssessmentsPage, firmDraftPage, firmAssessmentPage,
];
