// The staff application's first file: what an old browser lacks, modes, language, query cache, routes.
import { showPreferences } from './app/preferences.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/kit.css';
import './app/frame.css';

showPreferences();
if (!('toSorted' in Array.prototype)) await import('./app/old-browsers.ts');
const { start } = await import('./app/start.tsx');
start();
