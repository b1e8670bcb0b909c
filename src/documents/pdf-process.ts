// A process of its own, since the typesetter is native code: what hangs can be killed, what crashes takes nobody along. Typesets one
// document after another. Reads nothing but fonts and what a message brings: the template's
// world is three files in memory, so that no datum can become a command and no command reaches a file.
import { resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFolders, type FontRole, fontRoles, fontStacks, officialNames } from './fonts.ts';

export type PdfTask =
  | {
      readonly task: 'pdf';
      readonly source: string;
      /** JSON, which the template reads as data.json. */
      readonly data: string;
      readonly images: { readonly [name: string]: Uint8Array };
      readonly createdAtSeconds: number;
    }
  | { readonly task: 'fonts' };

export type PdfAnswer = { readonly pdf: Uint8Array } | { readonly officialRoles: readonly FontRole[] } | { readonly failure: string };

/** A folder that need not exist: everything in it is in memory. */
const workspace = resolve('/fuwuyue-document');

const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...fontFolders()] }] });
const fontsJson = Buffer.from(JSON.stringify(fontStacks));

function answer(task: PdfTask): PdfAnswer {
  if (task.task === 'fonts') return { officialRoles: fontRoles.filter((role) => officialNames(role).some(isKnownFamily)) };
  compiler.resetShadow();
  compiler.mapShadow(resolve(workspace, 'fonts.json'), fontsJson);
  compiler.mapShadow(resolve(workspace, 'data.json'), Buffer.from(task.data));
  for (const [name, bytes] of Object.entries(task.images)) compiler.mapShadow(resolve(workspace, name), Buffer.from(bytes));
  const compiled = compiler.compile({ mainFileContent: task.source, resetRead: true });
  const { result } = compiled;
  if (result === null) return { failure: diagnosticsOf(compiled.takeDiagnostics()) };
  const pdf = Uint8Array.from(compiler.pdf(result, { pdfStandard: 'a-2b', creationTimestamp: task.createdAtSeconds }));
  // Without this every document leaves about 2 MB behind.
  compiler.evictCache(0);
  return { pdf };
}

/** The typesetter warns of families that it does not know; there is no other list to ask. */
function isKnownFamily(name: string): boolean {
  const compiled = compiler.compile({ mainFileContent: `#set text(font: ${JSON.stringify(name)})\n.` });
  return !compiled.hasError() && diagnosticsOf(compiled.takeWarnings()) === '';
}

function diagnosticsOf(found: { readonly shortDiagnostics: readonly unknown[] } | null): string {
  return (found?.shortDiagnostics ?? [])
    .map((one) => (typeof one === 'object' && one !== null && 'message' in one ? String(one.message) : JSON.stringify(one)))
    .join('; ');
}

function answered(task: PdfTask): PdfAnswer {
  try {
    return answer(task);
  } catch (error) {
    return { failure: error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : String(error) };
  }
}

process.on('message', (task: PdfTask) => process.send?.(answered(task)));
// Whoever asked is gone, however it ended.
process.on('disconnect', () => process.exit(0));
// A Ctrl+C at the terminal reaches every process; what is under way is ended by whoever asked.
process.on('SIGINT', () => undefined);
