// Builds the page that verifies packages into one file without a network: dist/verifier/verifier.html. Its own policy lets run
// the one script and the one style that are in it, by their digests.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('src/web/verifier', import.meta.url));

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function singlePage(): Plugin {
  return {
    name: 'fuwuyue-single-page',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const made = Object.values(bundle);
      const chunks = made.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
      const styles = made.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []));
      const [program, ...more] = chunks;
      if (program === undefined || more.length > 0) this.error('the page must be one program');
      // Neither may end its element.
      const script = program.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      const style = styles.join('\n');
      const policy = `default-src 'none'; script-src ${digestOf(script)}; style-src ${digestOf(style)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
      const page = readFileSync(new URL('src/web/verifier/verifier.html', import.meta.url), 'utf8');
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: 'asset', fileName: 'verifier.html', source: page.replace('%POLICY%', () => policy).replace('%STYLE%', () => style).replace('%PROGRAM%', () => script) });
    },
  };
}

export default defineConfig({
  root,
  plugins: [singlePage()],
  build: {
    outDir: fileURLToPath(new URL('dist/verifier', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome90',
    cssTarget: 'chrome90',
    cssCodeSplit: false,
    sourcemap: false,
    modulePreload: false,
    rolldownOptions: { input: fileURLToPath(new URL('src/web/verifier/main.ts', import.meta.url)), output: { format: 'iife' } },
  },
});
