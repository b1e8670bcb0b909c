// Builds the staff application. Contracts and models are evaluated while building: the browser gets endpoints as plain
// objects and closed sets as lists, never the schemas (zod alone would take a fifth of the first load).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import sharp from 'sharp';
import { defineConfig, type Plugin, type Rolldown, runnerImport } from 'vite';

const webRoot = fileURLToPath(new URL('src/web', import.meta.url));
const declarations = /\/src\/(?:modules\/[^/]+\/(?:contract|model)(?:\/[^/]+)?|shared\/wire)\.ts$/;

/** Files of the frame, the kit and the first page, with what they ask the server; what opens later (palette, suggestions, list of keys, old browsers) stays apart. */
const everywhere = /\/src\/(?:shared\/(?!number-text|stored-zip)|modules\/(?:activities|editions|figures|sign-in|tasks|units)\/contract\.ts|web\/language\/(?:zh\/(?:format|kit|problems|shell)|zh|text|words)\.|web\/app\/(?!palette|shortcut-list|old-browsers|routes)|web\/ui\/(?!suggest|unit-picker|file-field))/;

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

/** Files a telephone takes along: the frame, the visits and the outbox, signing in again, the English of it; no charts, no editor. */
const forTheRoad = /\/src\/web\/(?:main\.tsx|app\/|offline\/(?!worker)|features\/(?:visits|services|sign-in\/held)|language\/en(?:\.ts|\/(?:visits|offline|entry|services|sign-in)\.ts))/;

const manifest = {
  id: '/', name: '服务月填报', short_name: '服务月', lang: 'zh-CN', start_url: '/', scope: '/', display: 'standalone', orientation: 'any', background_color: '#ffffff', theme_color: '#0b4ea2',
  icons: [...[192, 512].map((side) => ({ src: `/icon-${side}.png`, sizes: `${side}x${side}`, type: 'image/png', purpose: 'any' })), { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' }],
};

/** Makes the application one that can be installed: manifest, icons drawn from icon.svg, and the worker with the list of files it keeps. */
function installable(): Plugin {
  return {
    name: 'fuwuyue-installable',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'manifest', href: '/manifest.webmanifest' }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '/icon-192.png' }, injectTo: 'head' },
      { tag: 'meta', attrs: { name: 'theme-color', content: manifest.theme_color }, injectTo: 'head' },
    ],
    async generateBundle(_options, bundle) {
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) });
      const drawing = readFileSync(new URL('src/web/icon.svg', import.meta.url));
      const icon = (side: number) => sharp(drawing, { density: 600 }).resize(side, side);
      for (const side of [192, 512]) this.emitFile({ type: 'asset', fileName: `icon-${side}.png`, source: await icon(side).png().toBuffer() });
      // What a launcher may cut off at the edges is plain.
      const edge = 64;
      const masked = await icon(512 - 2 * edge).extend({ top: edge, bottom: edge, left: edge, right: edge, background: manifest.theme_color }).flatten({ background: manifest.theme_color }).png().toBuffer();
      this.emitFile({ type: 'asset', fileName: 'icon-maskable-512.png', source: masked });
      const worker = bundle['worker.js'];
      const page = bundle['index.html'];
      if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('the build has no worker, or no page');
      const files = ['/index.html', ...keptFiles(bundle).map((file) => `/${file}`)];
      const name = createHash('sha256').update(JSON.stringify(files)).update(page.source).digest('hex').slice(0, 16);
      worker.code = worker.code.replaceAll('KEPT_FILES', JSON.stringify(files)).replaceAll('KEPT_NAME', JSON.stringify(name));
    },
  };
}

/** Chunks that belong to the road, with all they import and their styles. */
function keptFiles(bundle: Rolldown.OutputBundle): string[] {
  const kept = new Set<string>();
  const keep = (file: string): void => {
    const chunk = bundle[file];
    if (kept.has(file) || chunk?.type !== 'chunk' || file === 'worker.js') return;
    kept.add(file);
    for (const css of chunk.viteMetadata?.importedCss ?? []) kept.add(css);
    for (const other of chunk.imports) keep(other);
  };
  for (const [file, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && (chunk.isEntry || (chunk.facadeModuleId !== null && forTheRoad.test(chunk.facadeModuleId)))) keep(file);
  }
  return [...kept].toSorted();
}

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  root: webRoot,
  base: '/',
  define: { __FUWUYUE_VERSION__: JSON.stringify(version) },
  plugins: [plainDeclarations(), react(), installable()],
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
      input: { index: `${webRoot}/index.html`, worker: `${webRoot}/offline/worker.ts` },
      output: {
        // The worker's address is its name: browsers ask it for news.
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
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
