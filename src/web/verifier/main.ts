// The page that travels in every package and verifies it, from file:// and without a network. The same program runs twice: on
// the page, and in a worker made from its own text, so that a large package freezes nothing.
import { type PackageVerdict, verifyPackage } from '../../modules/packages/rules/verifying.ts';
import { element, pair } from './dom.ts';
import { reportOf } from './report.ts';
import { browserTools, fileReader } from './tools.ts';
import { words } from './words.ts';
import './verifier.css';

type Told = { readonly part: number } | { readonly verdict: PackageVerdict } | { readonly failed: true };
type Tell = (told: Told) => void;

async function work(file: Blob, tell: Tell, pause: () => Promise<void> | void): Promise<void> {
  let last = 0;
  const progress = (done: number, all: number): Promise<void> | void => {
    const now = performance.now();
    if (now - last < 80) return;
    last = now;
    tell({ part: all === 0 ? 1 : done / all });
    return pause();
  };
  await verifyPackage(fileReader(file), browserTools, progress).then((verdict) => tell({ verdict }), () => tell({ failed: true }));
}

function runInWorker(): void {
  addEventListener('message', ({ data }: MessageEvent<Blob>) => void work(data, (told) => postMessage(told), () => undefined));
}

/** In a worker where there may be one, else here with a pause in between. */
function begin(file: Blob, tell: Tell): void {
  const here = (): void => void work(file, tell, () => new Promise((resolve) => void setTimeout(resolve)));
  const program = document.getElementById('program')?.textContent ?? '';
  try {
    const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      tell(data);
      if (!('part' in data)) worker.terminate();
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      here();
    });
    worker.postMessage(file);
  } catch {
    here();
  }
}

function runOnPage(): void {
  const input = element('input', { type: 'file', id: 'file', accept: '.zip,application/zip' });
  const bar = element('progress', { max: '1', value: '0', 'aria-label': words.working[0] });
  const state = element('div', { class: 'working', role: 'status', hidden: '' }, element('p', {}, ...pair(words.working)), bar);
  const report = element('div', { class: 'report' });
  const drop = element('section', { class: 'panel drop' }, element('p', {}, ...pair(words.intro)), element('label', { for: 'file', class: 'button' }, ...pair(words.choose)), input, element('p', { class: 'hint' }, ...pair(words.drop)));
  document.body.append(element('main', {}, element('h1', {}, ...pair(words.title)), drop, state, report));
  let asked = 0;
  const verify = (file: File): void => {
    asked += 1;
    const mine = asked;
    const started = performance.now();
    report.replaceChildren();
    bar.value = 0;
    state.hidden = false;
    begin(file, (told) => {
      if (mine !== asked) return;
      if ('part' in told) bar.value = told.part;
      else {
        state.hidden = true;
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        report.replaceChildren(...('verdict' in told ? reportOf(file.name, told.verdict, seconds) : [element('p', { class: 'panel broken', role: 'alert' }, ...pair(words.unreadable))]));
        document.getElementById('verdict')?.focus();
      }
    });
  };
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) verify(file);
    // The same file may be chosen again.
    input.value = '';
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', () => drop.classList.remove('over'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) verify(file);
  });
}

if (typeof document === 'undefined') runInWorker();
else runOnPage();
