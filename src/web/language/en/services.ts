// Words of the services page, in English.
import type { services as chinese } from '../zh/services.ts';

export const services: typeof chinese = {
  title: 'Services',
  none: 'Your role has no services to do.',
  services: {
    plan: { title: 'Local plan', what: 'Write and issue it: who does what, planned activities, what is behind' },
    calendar: { title: 'Calendar', what: 'Planned activities here and below, days to report, days of notices' },
    notices: { title: 'Notices', what: 'Read those from above; send some below and see who has read them' },
    visits: { title: 'Visits', what: 'Plan visits and record them at the firm on a telephone, with or without a line' },
  trainings: { title: 'Trainings', what: 'Announced, signed up for, checked in by code; the ledger follows. Templates for enterprises' },
  publicity: { title: 'Publicity', what: 'Media items and reposts, into the ledger by themselves; materials in stock and handed out' },
  servicePoints: { title: 'Service points', what: 'Contact points and stations: nurtured, inspected, named, and their service log' },
    enterprises: { title: 'Enterprises', what: 'The register, key enterprises and how far they are served, contacts, duplicates' },
  enterpriseAccounts: { title: 'Accounts of enterprises', what: 'Invite enterprises, decide what they ask for' },
  assessments: { title: 'Self-assessments', what: 'Do one with an enterprise; see what is shared' },
  questionnaires: { title: 'Questionnaires', what: 'Built, published, sent out by channels, with results' },
  column: { title: 'Public column', what: 'Write, publish and take down articles; release figures; show how to reach you' },
  suggestions: { title: 'Suggestions', what: 'What enterprises propose, one entry each' },
  },
};
