// Where the compiled entry of a worker thread lies. Node 20 cannot run TypeScript, so a caller that runs from its source
// (in tests) takes the entry from the build, which `npm test` makes first.

/** `callerUrl` is the caller's `import.meta.url`; `name` the entry beside it, without ending. */
export function workerEntry(callerUrl: string, name: string): URL {
  const beside = new URL(`./${name}.js`, callerUrl).href;
  return new URL(callerUrl.endsWith('.ts') ? beside.replace('/src/', '/dist/server/src/') : beside);
}
