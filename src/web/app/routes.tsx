// Every address of the staff application, once. Pages come as files of their own when they are opened.
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Entrance, Root, SignedIn } from './entrance.tsx';
import { Frame } from './frame.tsx';
import { Crash, NotFound } from './wrong.tsx';

/** A page in a file of its own, exported by name. */
function page<N extends string>(path: string, load: () => Promise<Record<N, ComponentType>>, name: N): RouteObject {
  return { path, lazy: async () => ({ Component: (await load())[name] }) };
}

const ofSeat: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../features/home/home-page.tsx')).HomePage }) },
  page('ledger', () => import('../features/activities/ledger-page.tsx'), 'LedgerPage'),
  page('ledger/new', () => import('../features/activities/new-entry-page.tsx'), 'NewEntryPage'),
  page('ledger/batch', () => import('../features/activities/batch-page.tsx'), 'BatchPage'),
  page('ledger/import', () => import('../features/imports/import-page.tsx'), 'LedgerImportPage'),
  page('ledger/bin', () => import('../features/activities/bin-page.tsx'), 'BinPage'),
  page('ledger/:id', () => import('../features/activities/entry-page.tsx'), 'EntryPage'),
  page('ledger/:id/edit', () => import('../features/activities/edit-entry-page.tsx'), 'EditEntryPage'),
  page('security', () => import('../features/sign-in/security-page.tsx'), 'SecurityPage'),
  page('rights', () => import('../features/access/rights-page.tsx'), 'RightsPage'),
  page('substitutes', () => import('../features/people/substitutes-page.tsx'), 'SubstitutesPage'),
  page('password', () => import('../features/people/password-page.tsx'), 'PasswordPage'),
  page('enterprise-accounts', () => import('../features/enterprise-accounts/enterprise-accounts-page.tsx'), 'EnterpriseAccountsPage'),
  page('assessments', () => import('../features/assessments/assessments-page.tsx'), 'AssessmentsPage'),
  page('assessments/new', () => import('../features/assessments/new-assessment-page.tsx'), 'NewAssessmentPage'),
  page('questionnaires', () => import('../features/questionnaires/questionnaires-page.tsx'), 'QuestionnairesPage'),
  page('questionnaires/:id', () => import('../features/questionnaires/questionnaire-page.tsx'), 'QuestionnairePage'),
  page('services', () => import('../features/services/services-page.tsx'), 'ServicesPage'),
  page('questionnaires/:id/channels', () => import('../features/survey-answers/channels-page.tsx'), 'ChannelsPage'),
  page('questionnaires/:id/enter', () => import('../features/survey-answers/enter-page.tsx'), 'EnterPage'),
  page('questionnaires/:id/results', () => import('../features/survey-answers/results-page.tsx'), 'ResultsPage'),
  page('visits', () => import('../features/visits/visits-day-page.tsx'), 'VisitsDayPage'),
  page('visits/new', () => import('../features/visits/new-visit-page.tsx'), 'NewVisitPage'),
  page('visits/plan', () => import('../features/visits/plan-visits-page.tsx'), 'PlanVisitsPage'),
  page('visits/list', () => import('../features/visits/visits-list-page.tsx'), 'VisitsListPage'),
  page('visits/:id', () => import('../features/visits/visit-page.tsx'), 'VisitPage'),
  page('visits/:id/edit', () => import('../features/visits/edit-visit-page.tsx'), 'EditVisitPage'),
  page('publicity', () => import('../features/publicity/media-page.tsx'), 'MediaPage'),
  page('publicity/new', () => import('../features/publicity/media-form-page.tsx'), 'NewMediaPage'),
  page('publicity/materials', () => import('../features/publicity/materials-page.tsx'), 'MaterialsPage'),
  page('publicity/:id', () => import('../features/publicity/media-form-page.tsx'), 'EditMediaPage'),
  page('plan', () => import('../features/plans/plan-page.tsx'), 'PlanPage'),
  page('calendar', () => import('../features/plans/calendar-page.tsx'), 'CalendarPage'),
  page('notices', () => import('../features/notices/notices-page.tsx'), 'NoticesPage'),
  page('service-points', () => import('../features/service-points/service-points-page.tsx'), 'ServicePointsPage'),
  page('service-points/new', () => import('../features/service-points/point-form-page.tsx'), 'NewPointPage'),
  page('service-points/:id', () => import('../features/service-points/point-page.tsx'), 'PointPage'),
  page('service-points/:id/edit', () => import('../features/service-points/point-form-page.tsx'), 'EditPointPage'),
  page('trainings', () => import('../features/trainings/trainings-page.tsx'), 'TrainingsPage'),
  page('trainings/new', () => import('../features/trainings/training-form-page.tsx'), 'NewTrainingPage'),
  page('trainings/:id', () => import('../features/trainings/training-page.tsx'), 'TrainingPage'),
  page('trainings/:id/edit', () => import('../features/trainings/training-form-page.tsx'), 'EditTrainingPage'),
  page('trainings/:id/check-in', () => import('../features/trainings/check-in-page.tsx'), 'CheckInPage'),
  page('trainings/:id/venue', () => import('../features/trainings/venue-page.tsx'), 'VenuePage'),
  page('outbox', () => import('../features/visits/outbox-page.tsx'), 'OutboxPage'),
  page('enterprises', () => import('../features/enterprises/enterprises-page.tsx'), 'EnterprisesPage'),
  page('enterprises/new', () => import('../features/enterprises/new-enterprise-page.tsx'), 'NewEnterprisePage'),
  page('enterprises/coverage', () => import('../features/enterprises/coverage-page.tsx'), 'CoveragePage'),
  page('enterprises/duplicates', () => import('../features/enterprises/duplicates-page.tsx'), 'DuplicatesPage'),
  page('enterprises/:uscc', () => import('../features/enterprises/enterprise-page.tsx'), 'EnterprisePage'),
  page('column', () => import('../features/column/column-page.tsx'), 'ColumnPage'),
  page('column/new', () => import('../features/column/article-page.tsx'), 'NewArticlePage'),
  page('column/:id', () => import('../features/column/article-page.tsx'), 'ArticlePage'),
  page('table', () => import('../features/figures/table-page.tsx'), 'TablePage'),
  page('form-reading', () => import('../features/form-reading/form-reading-page.tsx'), 'FormReadingPage'),
  page('return', () => import('../features/returns/return-page.tsx'), 'ReturnPage'),
  page('report', () => import('../features/reports/report-page.tsx'), 'ReportPage'),
  page('package', () => import('../features/packages/package-page.tsx'), 'PackagePage'),
  page('review', () => import('../features/returns/review-page.tsx'), 'ReviewPage'),
  page('matrix', () => import('../features/figures/matrix-page.tsx'), 'MatrixPage'),
  page('overview', () => import('../features/figures/overview-page.tsx'), 'OverviewPage'),
  {
    path: 'setup',
    lazy: async () => ({ Component: (await import('../features/setup/setup-frame.tsx')).SetupFrame }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../features/setup/setup-frame.tsx')).SetupEntrance }) },
      page('deadline', () => import('../features/editions/deadline-page.tsx'), 'DeadlinePage'),
      page('rows', () => import('../features/editions/rows-page.tsx'), 'RowsPage'),
      page('units', () => import('../features/units/units-page.tsx'), 'UnitsPage'),
      page('import', () => import('../features/units/import-page.tsx'), 'ImportPage'),
      page('accounts', () => import('../features/people/accounts-page.tsx'), 'AccountsPage'),
      page('accounts/:accountId/keys', () => import('../features/sign-in/account-keys-page.tsx'), 'AccountKeysPage'),
      page('hand-over', () => import('../features/people/hand-over-page.tsx'), 'HandOverPage'),
      page('audit', () => import('../features/audit/audit-page.tsx'), 'AuditPage'),
      page('witnesses', () => import('../features/proofs/witnesses-page.tsx'), 'WitnessesPage'),
      page('health', () => import('../features/operations/health-page.tsx'), 'HealthPage'),
    ],
  },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: Crash,
    children: [
      page('/sign-in', () => import('../features/people/sign-in-page.tsx'), 'SignInPage'),
      page('/verify', () => import('../features/seals/verify-page.tsx'), 'VerifyPage'),
      page('/verify/:code', () => import('../features/seals/verify-page.tsx'), 'VerifyPage'),
      page('/log', () => import('../features/proofs/log-page.tsx'), 'LogPage'),
      page('/sign-in/single-sign-on', () => import('../features/sign-in/service-page.tsx'), 'ServicePage'),
      page('/sign-in/link', () => import('../features/people/link-page.tsx'), 'LinkPage'),
      {
        Component: SignedIn,
        children: [
          { path: '/', Component: Entrance },
          page('/enrol', () => import('../features/sign-in/enrol-page.tsx'), 'EnrolPage'),
          { path: '/:edition/:seat', Component: Frame, ErrorBoundary: Crash, children: ofSeat },
        ],
      },
      { path: '*', Component: NotFound },
    ],
  },
]);
