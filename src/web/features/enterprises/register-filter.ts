// What the register shows, as its address says it: words, kind, on the list or not, served or not. Pure, so that it can be shared and tested.
import { type TargetTag, targetTag } from '../../../modules/enterprises/model.ts';

export interface RegisterFilter {
  readonly query: string;
  /** Empty: all kinds. */
  readonly tag: TargetTag | '';
  readonly target: 'all' | 'yes' | 'no';
  readonly served: 'all' | 'yes' | 'no';
}

export const everyone: RegisterFilter = { query: '', tag: '', target: 'all', served: 'all' };
export const linesAtOnce = 50;
const longestQuery = 60;

const choice = (text: string | null): 'all' | 'yes' | 'no' => (text === 'yes' || text === 'no' ? text : 'all');

/** Reads an address. What no server would understand is left out instead of asked. */
export function registerFilterOf(parameters: URLSearchParams): RegisterFilter {
  return {
    query: (parameters.get('q') ?? '').trim().slice(0, longestQuery),
    tag: targetTag.options.find((tag) => tag === parameters.get('tag')) ?? '',
    target: choice(parameters.get('target')),
    served: choice(parameters.get('served')),
  };
}

/** The address of a filter, from its first page on. */
export function registerParametersOf({ query, tag, target, served }: RegisterFilter): URLSearchParams {
  const said = Object.entries({ q: query.trim().slice(0, longestQuery), tag, target: target === 'all' ? '' : target, served: served === 'all' ? '' : served });
  return new URLSearchParams(said.filter(([, value]) => value !== ''));
}

export interface AskedRegister {
  readonly query?: string;
  readonly tag?: TargetTag;
  readonly target?: 'yes' | 'no';
  readonly served?: 'yes' | 'no';
}

/** The filter as the server is asked. */
export function askedRegisterOf({ query, tag, target, served }: RegisterFilter): AskedRegister {
  return {
    ...(query.trim() === '' ? {} : { query: query.trim() }), ...(tag === '' ? {} : { tag }), ...(target === 'all' ? {} : { target }), ...(served === 'all' ? {} : { served }),
  };
}

/** Share of a list in percent with one digit, for words; null of an empty list. */
export function shareOf({ targets, served }: { readonly targets: number; readonly served: number }): number | null {
  return targets === 0 ? null : Math.round((served * 1000) / targets) / 10;
}
