// What a role is for: business, or one of the three administrators (三员). In a file of its own, so that the first page loads little. Pure.
import type { Duty, Role } from '../model.ts';

const administrators: { readonly [R in Role]?: Duty } = { system_administrator: 'system', security_administrator: 'security', auditor: 'audit' };

export function dutyOf(role: Role): Duty {
  return administrators[role] ?? 'business';
}
