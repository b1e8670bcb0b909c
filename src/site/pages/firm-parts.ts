// What other parts of the services show an enterprise on its home page: each one section, asked for the enterprise that is signed in.
// A part adds itself here; it asks its own endpoints, whose gate is `own_enterprise`.
import type { Html } from '../html.ts';
import type { SiteRequest } from '../page.ts';

export interface FirmPart {
  heading(request: SiteRequest): string;
  show(request: SiteRequest): Promise<Html>;
}

export const firmParts: readonly FirmPart[] = [];
