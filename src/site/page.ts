// A page of the site: what is shown at an address, and what a form posted to it does. Pages know modules by their contracts only and
// ask them as the browser would (kernel/http.ts, Ask): who may do what is decided there, not here.
import type { Endpoint, OutputOf, SentInputOf } from '../shared/endpoint.ts';
import type { Problem } from '../shared/problem.ts';
import type { Instant } from '../shared/instant.ts';
import type { Html } from './html.ts';
import type { SiteWords } from './language/words.ts';

export type SiteLanguage = 'zh' | 'en';

/** Fields of a form as they were sent: text by name, several of one name in order; files apart. Never trusted: endpoints check. */
export interface SiteForm {
  /** The first of the name, or ''. */
  text(name: string): string;
  texts(name: string): readonly string[];
  file(name: string): { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array } | null;
  /** Made when the form was shown: sending it twice does it once. */
  readonly requestKey: string;
}

export type Sent<E extends Endpoint> = { readonly ok: true; readonly answer: OutputOf<E> } | { readonly ok: false; readonly problem: Problem; readonly requestId: string };

export interface SiteRequest {
  readonly path: string;
  /** A `:name` segment of the path. */
  parameter(name: string): string;
  /** The first of the name in the query, or ''. */
  query(name: string): string;
  readonly language: SiteLanguage;
  readonly words: SiteWords;
  readonly now: Instant;
  /** All data of this installation is made up: every page says so. */
  readonly demonstration: boolean;
  /** `https://…` of the settings, or of the request; for feeds, codes and links that leave the page. */
  readonly origin: string;
  /** 长者模式: fewer things on a page. */
  readonly large: boolean;
  /** Whether the site has a page at this path, as its pages write it: sections of the column appear with their pages. */
  has(path: string): boolean;
  /** Reads; what goes wrong becomes the page that says so. */
  ask<E extends Endpoint>(endpoint: E, input: SentInputOf<E>): Promise<OutputOf<E>>;
  /** Writes what a form says; what goes wrong is the page's to show beside what was typed. */
  send<E extends Endpoint>(endpoint: E, input: SentInputOf<E>, form: Pick<SiteForm, 'requestKey'>, bytes?: Uint8Array): Promise<Sent<E>>;
}

export interface Shown {
  readonly title: string;
  readonly description?: string;
  readonly body: Html;
  /** 200 unless said. A form shown again with its errors is 422. */
  readonly status?: number;
  /** For how long anybody may keep it: only what is the same for everybody (the public column). */
  readonly cacheSeconds?: number;
  /** Scripts of src/site/scripts, by name; the page works without. */
  readonly scripts?: readonly string[];
  /** The page may ask the browser where it is; for sorting on the device only. */
  readonly geolocation?: boolean;
  /** May be found by search engines. */
  readonly indexed?: boolean;
  /** Whose column it is: the sections on top and the foot are that unit's; the nation's unless said. */
  readonly column?: { readonly unitCode: string; readonly name: string; readonly office: string; readonly telephone: string };
  /** Pages above this one, from the home page down; this one is left out. */
  readonly trail?: readonly { readonly name: string; readonly path: string }[];
  /** False: without the switches on top, which would lose what is typed. */
  readonly switches?: boolean;
}

/** A file or a text that is no page: a feed, open data, a picture. */
export interface SiteFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array | string;
  readonly fileName?: string;
  readonly cacheSeconds?: number;
  readonly indexed?: boolean;
}

export interface Redirect {
  readonly to: string;
}

export interface SitePage {
  /** As Hono writes paths: `/q/:code`. */
  readonly path: string;
  readonly read: (request: SiteRequest) => Promise<Shown | SiteFile | Redirect>;
  readonly act?: (request: SiteRequest, form: SiteForm) => Promise<Shown | SiteFile | Redirect>;
  /**
   * The same for everybody who reads in one language and mode: made once and kept (keeping.ts), told apart by these names of the query.
   * Never for a page that depends on who asks.
   */
  readonly kept?: readonly string[];
  /** Largest form in bytes; 64 KiB unless said. */
  readonly maximumBytes?: number;
}

export function defineSitePage(page: SitePage): SitePage {
  return page;
}
