// npm run build: installs what is missing and builds.
import { ensureBuilt, ensureInstalled } from './prepare.mjs';

ensureInstalled();
await ensureBuilt();
