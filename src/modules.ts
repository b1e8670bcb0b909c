// The list of all modules. Whatever is not listed here is not served.
import type { Implementation } from './kernel/context.ts';
import { accessActions } from './modules/access/actions.ts';
import { activityActions } from './modules/activities/actions.ts';
import { batchActions } from './modules/activities/batch.ts';
import { assessmentActions } from './modules/assessments/actions.ts';
import { auditActions } from './modules/audit/actions.ts';
import { columnActions } from './modules/column/actions.ts';
import { editionActions } from './modules/editions/actions.ts';
import { enterpriseAccountActions } from './modules/enterprise-accounts/actions.ts';
import { enterpriseActions } from './modules/enterprises/actions.ts';
import { evidenceActions } from './modules/evidence/actions.ts';
import { exportActions } from './modules/exports/actions.ts';
import { figureActions } from './modules/figures/actions.ts';
import { formActions } from './modules/forms/actions.ts';
import { formIntakeActions } from './modules/forms/intake.ts';
import { importActions } from './modules/imports/actions.ts';
import { keyActions } from './modules/keys/actions.ts';
import { operationActions } from './modules/operations/actions.ts';
import { packageActions } from './modules/packages/actions.ts';
import { peopleActions } from './modules/people/actions.ts';
import { proofActions } from './modules/proofs/actions.ts';
import { answerActions } from './modules/questionnaires/actions/answers.ts';
import { channelActions } from './modules/questionnaires/actions/channels.ts';
import { fileActions } from './modules/questionnaires/actions/files.ts';
import { resultActions } from './modules/questionnaires/actions/results.ts';
import { buildingActions } from './modules/questionnaires/actions/building.ts';
import { formActionsOfQuestionnaires } from './modules/questionnaires/actions/forms.ts';
import { reportActions } from './modules/reports/actions.ts';
import { returnActions } from './modules/returns/actions.ts';
import { sealActions } from './modules/seals/actions.ts';
import { noticeActions } from './modules/notices/actions.ts';
import { planActions } from './modules/plans/actions.ts';
import { mediaActions } from './modules/publicity/actions.ts';
import { materialActions } from './modules/publicity/materials.ts';
import { servicePointActions } from './modules/service-points/actions.ts';
import { liaisonActions } from './modules/service-points/liaisons.ts';
import { signInActions } from './modules/sign-in/actions.ts';
import { taskActions } from './modules/tasks/actions.ts';
import { templateActions } from './modules/templates/actions.ts';
import { trainingActions } from './modules/trainings/actions.ts';
import { publicTrainingActions } from './modules/trainings/public.ts';
import { unitActions } from './modules/units/actions.ts';
import { visitActions } from './modules/visits/actions.ts';

export const implementations: readonly Implementation[] = [
  ...accessActions,
  ...signInActions,
  ...peopleActions,
  ...unitActions,
  ...editionActions,
  ...enterpriseActions,
  ...enterpriseAccountActions,
  ...assessmentActions,
  ...activityActions,
  ...batchActions,
  ...visitActions,
  ...noticeActions,
  ...planActions,
  ...mediaActions,
  ...materialActions,
  ...servicePointActions,
  ...liaisonActions,
  ...templateActions,
  ...trainingActions,
  ...publicTrainingActions,
  ...importActions,
  ...evidenceActions,
  ...figureActions,
  ...returnActions,
  ...answerActions,
  ...channelActions,
  ...resultActions,
  ...fileActions,
  ...buildingActions,
  ...formActionsOfQuestionnaires,
  ...reportActions,
  ...columnActions,
  ...packageActions,
  ...formActions,
  ...sealActions,
  ...proofActions,
  ...keyActions,
  ...formIntakeActions,
  ...taskActions,
  ...operationActions,
  ...auditActions,
  ...exportActions,
];
