// Builds the staff application. Contracts and models are evaluated while building: the browser gets endpoints as plain
// objects and closed sets as lists, never the schemas (zod alone would take a fifth of the first load).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, runnerImport } from 'vite';

const webRoot = fileURLToPath(new URL('src/web', import.meta.url));
const declarations = /\/src\/(?:modules\/[^/]+\/(?:contract|model)(?:\/[^/]+)?|shared\/wire)\.ts$/;

/** Files of the frame and the kit; what opens later (palette, suggestions, list of keys, old browsers) stays apart. */
const everywhere = /\/src\/(?:shared\/(?!number-text)|modules\/[^/]+\/contract|web\/language\/(?:zh\/(?:format|kit|problems|shell)|zh|text|words)\.|web\/app\/(?!palette|shortcut-list|old-browsers|routes)|web\/ui\/(?!suggest|unit-picker))/;

interface EndpointLike {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly answer: string;
  readonly access: string;
  readonly maximumBytes: number;
}

/** What the browser may know of an exported value; undefined for schemas and functions, whose types alone are used there. */
function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if ('method' in value && 'path' in value && 'maximumBytes' in value) {
    const { name, method, path, body, answer, access, maximumBytes } = value as EndpointLike;
    return { name, method, path, body, answer, access, maximumBytes };
  }
  if ('_zod' in value) return 'options' in value && Array.isArray(value.options) && value.options.every((one) => typeof one === 'string') ? { options: value.options } : undefined;
  return JSON.stringify(value).includes('"_zod"') ? undefined : value;
}

function plainDeclarations(): Plugin {
  return {
    name: 'fuwuyue-plain-declarations',
    enforce: 'pre',
    async load(id) {
      const file = id.split('?')[0] ?? id;
      if (!declarations.test(file)) return null;
      const { module, dependencies } = await runnerImport<Record<string, unknown>>(file, { configFile: false, logLevel: 'error' });
      for (const dependency of [file, ...dependencies]) this.addWatchFile(dependency);
      const lines = Object.entries(module).flatMap(([name, value]) => {
        const plain = plainOf(value);
        return plain === undefined ? [] : [`export const ${name} = ${JSON.stringify(plain)};`];
      });
      return { code: lines.length === 0 ? 'export {};' : lines.join('\n'), map: null, moduleSideEffects: false };
    },
  };
}

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  root: webRoot,
  base: '/',
  define: { __FUWUYUE_VERSION__: JSON.stringify(version) },
  plugins: [plainDeclarations(), react()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets',
    // The oldest browser of a bureau that is supported: Chromium 90 (ux C5 U27).
    target: 'chrome90',
    cssTarget: 'chrome90',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        // What every page needs comes in two files, not in twenty: a phone pays for each request (ux C5 U7).
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules\/(?:react|react-dom|scheduler|react-router|cookie|set-cookie-parser|@tanstack)\//, priority: 20 },
            { name: 'frame', test: everywhere, priority: 10 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:8080' } } },
});
