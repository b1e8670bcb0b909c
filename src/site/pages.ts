// Every page of the site, once.
import type { SitePage } from './page.ts';

export const sitePages: readonly SitePage[] = [];
