#!/usr/bin/env node
// The command line; see `fuwuyue --help`.
import '../scripts/node-version.mjs';
import { existsSync } from 'node:fs';

const built = new URL('../dist/server/src/cli/main.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('Fuwuyue is not built yet: run «npm run build» first. 尚未构建，请先运行 npm run build。\n');
  process.exit(1);
}
await import(built.href);
