// Which services there are, where, and whose they are. Its words are in language/services.
import type { Role } from '../../../modules/access/model.ts';
import type { IconName } from '../../ui/icon.tsx';

export type ServiceName = 'plan' | 'calendar' | 'notices' | 'enterprises' | 'visits' | 'questionnaires' | 'suggestions' | 'servicePoints' | 'publicity' | 'trainings' | 'enterpriseAccounts' | 'assessments' | 'column';

export interface Service {
  readonly name: ServiceName;
  /** Below the seat. */
  readonly path: string;
  readonly icon: IconName;
  readonly roles: readonly Role[];
}

/** Everybody who works at a unit. */
export const workers: readonly Role[] = ['clerk', 'reviewer', 'head', 'coordinator', 'national_office'];

const services: readonly Service[] = [
  { name: 'plan', path: '/plan', icon: 'document', roles: workers },
  { name: 'calendar', path: '/calendar', icon: 'clock', roles: workers },
  { name: 'notices', path: '/notices', icon: 'bell', roles: workers },
  { name: 'enterprises', path: '/enterprises', icon: 'people', roles: workers },
  { name: 'visits', path: '/visits', icon: 'camera', roles: workers },
  { name: 'trainings', path: '/trainings', icon: 'clock', roles: workers },
  { name: 'publicity', path: '/publicity', icon: 'send', roles: workers },
  { name: 'servicePoints', path: '/service-points', icon: 'home', roles: workers },
  { name: 'enterpriseAccounts', path: '/enterprise-accounts', icon: 'key', roles: workers },
  { name: 'assessments', path: '/assessments', icon: 'check', roles: workers },
  { name: 'questionnaires', path: '/questionnaires', icon: 'pencil', roles: workers },
  { name: 'column', path: '/column', icon: 'document', roles: ['column_editor', 'column_publisher', 'head', 'coordinator', 'national_office'] },
  { name: 'suggestions', path: '/ledger?kind=suggestion', icon: 'people', roles: workers },
];

export function servicesOf(roles: readonly Role[]): readonly Service[] {
  return services.filter((service) => service.roles.some((role) => roles.includes(role)));
}
