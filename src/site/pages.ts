// Every page of the site, once.
import type { SitePage } from './page.ts';
import { assessmentPage } from './pages/assessment.ts';
import { columnAccessibilityPage, columnCatalogPage, columnDataPage, columnHelpPage } from './pages/column-about.ts';
import { columnArticlePage, columnListPage, columnPicturePage, columnSearchPage } from './pages/column-articles.ts';
import { columnFeedPage, robotsPage, siteMapPage } from './pages/column-feeds.ts';
import { columnHomePage, columnUnitPage } from './pages/column-home.ts';
import { columnCsvPage, columnJsonPage, columnProgressPage } from './pages/column-progress.ts';
import { firmAssessmentPage, firmAssessmentsPage, firmDraftPage } from './pages/firm-assessments.ts';
import { firmAskPage, firmSignInPage, firmStartPage } from './pages/firm-sign-in.ts';
import { firmAccountPage, firmHomePage, firmServicesPage, firmViewsPage } from './pages/firm.ts';
import { pointsPage } from './pages/points.ts';
import { templateFilePage, templatePage, templatesPage } from './pages/templates.ts';
import { venuePage } from './pages/training-person.ts';
import { ticketPage, trainingPage, trainingsPage } from './pages/trainings.ts';
import { questionnaireDonePage, questionnairePage } from './pages/questionnaire.ts';

export const sitePages: readonly SitePage[] = [
  columnHomePage, columnUnitPage, columnProgressPage, columnCsvPage, columnJsonPage, columnListPage, columnSearchPage, columnArticlePage, columnPicturePage,
  columnHelpPage, columnDataPage, columnCatalogPage, columnAccessibilityPage, columnFeedPage, siteMapPage, robotsPage,
  pointsPage, trainingsPage, trainingPage, venuePage, ticketPage, templatesPage, templatePage, templateFilePage,
  questionnairePage, questionnaireDonePage,
  assessmentPage, firmHomePage, firmSignInPage, firmStartPage, firmAskPage, firmServicesPage, firmViewsPage, firmAccountPage, firmAssessmentsPage, firmDraftPage, firmAssessmentPage,
];
