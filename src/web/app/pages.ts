// The pages of a seat and who has them in the main menu (ux C2.1: at most five). Addresses are the server's task links too.
import type { Role } from '../../modules/access/model.ts';
import type { IconName } from '../ui/icon.tsx';

export const pageNames = ['home', 'overview', 'matrix', 'ledger', 'services', 'table', 'return', 'review', 'setup'] as const;
export type PageName = (typeof pageNames)[number];

export const pages: { readonly [P in PageName]: { readonly path: string; readonly icon: IconName } } = {
  home: { path: '', icon: 'home' },
  overview: { path: '/overview', icon: 'chart' },
  matrix: { path: '/matrix', icon: 'grid' },
  ledger: { path: '/ledger', icon: 'ledger' },
  services: { path: '/services', icon: 'people' },
  table: { path: '/table', icon: 'table' },
  return: { path: '/return', icon: 'send' },
  review: { path: '/review', icon: 'check' },
  setup: { path: '/setup', icon: 'settings' },
};

const menus: { readonly [R in Role]: readonly PageName[] } = {
  clerk: ['home', 'ledger', 'services', 'table', 'return'],
  reviewer: ['home', 'review', 'ledger', 'table', 'return'],
  head: ['home', 'services', 'table', 'return', 'matrix'],
  coordinator: ['home', 'matrix', 'ledger', 'table', 'return'],
  national_office: ['home', 'overview', 'matrix', 'table', 'return'],
  column_editor: ['home', 'services'],
  column_publisher: ['home', 'services'],
  system_administrator: ['home', 'setup'],
  security_administrator: ['home', 'setup'],
  auditor: ['home', 'setup'],
};

/** Pages a person may open beside the menu: by the account menu and the palette. */
const beside: { readonly [R in Role]: readonly PageName[] } = {
  clerk: ['setup'], reviewer: ['services', 'setup'], head: ['ledger', 'review', 'setup'], coordinator: ['overview', 'services', 'setup'], national_office: ['ledger', 'services', 'setup'], column_editor: [], column_publisher: [], system_administrator: [], security_administrator: [], auditor: [],
};

/** Menu entries of all roles held at a seat, in the order of pageNames, at most five. `upper`: the unit has units below. */
export function menuOf(roles: readonly Role[], upper: boolean): PageName[] {
  const wanted = new Set(roles.flatMap((role) => menus[role]));
  return pageNames.filter((page) => wanted.has(page) && (upper || (page !== 'matrix' && page !== 'overview'))).slice(0, 5);
}

/** Every page the roles open. */
export function openPagesOf(roles: readonly Role[], upper: boolean): PageName[] {
  const wanted = new Set(roles.flatMap((role) => [...menus[role], ...beside[role]]));
  return pageNames.filter((page) => wanted.has(page) && (upper || (page !== 'matrix' && page !== 'overview')));
}

/** Whether a role records in the ledger. */
export function writesLedger(roles: readonly Role[]): boolean {
  return roles.some((role) => role === 'clerk' || role === 'coordinator' || role === 'national_office');
}
