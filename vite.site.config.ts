// Builds what pages of the site bring beside their HTML: one style sheet and a script per enhancement, dist/site/<name>.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const scripts = fileURLToPath(new URL('src/site/scripts', import.meta.url));
const names = readdirSync(scripts).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => name.slice(0, -3));

function styleSheet(): Plugin {
  return {
    name: 'fuwuyue-site-style',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'style.css', source: readFileSync(new URL('src/site/style.css', import.meta.url), 'utf8').replace(/\/\*[^]*?\*\//g, '').replace(/\n\s*/g, '\n').trim() });
    },
  };
}

export default defineConfig({
  root: scripts,
  plugins: [styleSheet()],
  build: {
    outDir: fileURLToPath(new URL('dist/site', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome90',
    sourcemap: false,
    modulePreload: false,
    rolldownOptions: { input: Object.fromEntries(names.map((name) => [name, `${scripts}/${name}.ts`])), output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
  },
});
