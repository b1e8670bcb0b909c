// Codes of enterprises that do not exist: well-formed, of a region that is none.
import { organisationCheckCharacter, usccCheckCharacter } from '../modules/enterprises/rules.ts';

export function syntheticUscc(number: number): string {
  const organisation = String(number).padStart(8, '0');
  const first17 = `91990001${organisation}${organisationCheckCharacter(organisation) ?? ''}`;
  return `${first17}${usccCheckCharacter(first17) ?? ''}`;
}
