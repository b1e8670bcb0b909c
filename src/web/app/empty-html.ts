// The browser takes text for HTML or for the address of a script from nobody (Trusted Types, decision 0028). The chart's library empties the
// element it draws into that way; emptiness is all it may set. The one script a page may name is the worker (web/offline).

interface PolicyMaker {
  createPolicy(name: 'default', rules: { readonly createHTML: (text: string) => string | null; readonly createScriptURL: (address: string) => string | null }): unknown;
}

/** Null refuses. Browsers without Trusted Types have nothing to be told. */
export function allowEmptyHtml(): void {
  const maker: unknown = Reflect.get(globalThis, 'trustedTypes');
  if (typeof maker !== 'object' || maker === null || !('createPolicy' in maker)) return;
  (maker as PolicyMaker).createPolicy('default', { createHTML: (text) => (text === '' ? '' : null), createScriptURL: (address) => (address === '/worker.js' ? address : null) });
}
