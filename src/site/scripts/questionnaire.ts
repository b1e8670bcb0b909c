// What a script adds to a questionnaire: questions come and go at once as others are answered, and the proof of work is done while
// somebody reads. Without it the server does the one between pages, and the other is replaced by waiting.
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/sha';
import type { AnswerSheet, AnswerValue, Definition } from '../../modules/questionnaires/model/definition.ts';
import { compileChecks } from '../../modules/questionnaires/rules/checks.ts';

const form = document.querySelector<HTMLFormElement>('form.questionnaire');
if (form !== null) {
  follow(form);
  void prove(form);
  document.querySelector<HTMLElement>('.errors')?.focus();
}

function hidden(of: HTMLFormElement, name: string): HTMLInputElement | null {
  return of.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`);
}

/** Shows what is asked, given what is typed now. */
function follow(of: HTMLFormElement): void {
  const definition = JSON.parse(of.dataset['conditions'] ?? '{"sections":[]}') as Pick<Definition, 'sections'>;
  const { asked } = compileChecks(definition);
  const carried = JSON.parse(hidden(of, 'sheet')?.value ?? '{}') as Partial<AnswerSheet>;
  const shown = hidden(of, 'shown');
  const places = [...of.querySelectorAll<HTMLElement>('[data-question]')];
  const update = (): void => {
    const { questions } = asked({ values: { ...carried.values, ...typedIn(of, definition) }, texts: {} });
    for (const place of places) place.hidden = !questions.has(place.dataset['question'] ?? '');
    if (shown !== null) shown.value = places.filter((place) => !place.hidden).map((place) => place.dataset['question'] ?? '').join(' ');
  };
  of.addEventListener('input', update);
  of.addEventListener('change', update);
  addEventListener('pageshow', update);
}

function typedIn(of: HTMLFormElement, { sections }: Pick<Definition, 'sections'>): Record<string, AnswerValue> {
  const data = new FormData(of);
  const textIn = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const at = textIn('at');
  const values: Record<string, AnswerValue> = {};
  for (const question of sections.find(({ code }) => code === at)?.questions ?? []) {
    const name = `v.${question.code}`;
    const text = textIn(name).normalize('NFKC').replace(/[,\s]/g, '');
    if (question.kind === 'multiple') values[question.code] = data.getAll(name).filter((one) => typeof one === 'string');
    else if (question.kind === 'matrix') values[question.code] = Object.fromEntries(question.rows.flatMap(({ code }) => (textIn(`${name}.${code}`) === '' ? [] : [[code, textIn(`${name}.${code}`)]])));
    else if (question.kind === 'number' || question.kind === 'scale') values[question.code] = text === '' ? '' : Number(text);
    else values[question.code] = textIn(name);
  }
  return values;
}

/** Does the work, and holds sending back until it is done. On plain http a browser has no means for it: then the waiting counts. */
async function prove(of: HTMLFormElement): Promise<void> {
  const proof = hidden(of, 'proof');
  const challenge = hidden(of, 'challenge')?.value ?? '';
  if (proof === null || proof.value !== '' || challenge === '' || !isSecureContext) return;
  let done = false;
  let held: HTMLElement | null = null;
  of.addEventListener('submit', (event) => {
    if (done || !(event.submitter instanceof HTMLButtonElement) || event.submitter.value !== 'send') return;
    event.preventDefault();
    held = event.submitter;
    const status = of.querySelector('.waiting');
    if (status !== null) status.textContent = of.dataset['waiting'] ?? '';
  });
  try {
    const asked = JSON.parse(challenge) as Parameters<typeof solveChallenge>[0]['challenge'];
    const solution = await solveChallenge({ challenge: asked, deriveKey, timeout: 300_000 });
    if (solution !== null) proof.value = JSON.stringify({ challenge: asked, solution });
  } finally {
    done = true;
    // Whoever pressed meanwhile is sent now.
    if (held !== null) of.requestSubmit(held);
  }
}
