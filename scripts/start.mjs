// npm start: from a fresh clone to a running demonstration; the second time in seconds.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

ensureInstalled();
await ensureBuilt();
const server = spawn(process.execPath, [join(root, 'bin', 'fuwuyue.mjs'), 'serve', '--demonstration'], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
