// What came of it, on the page: the verdict, the first fault, what the package is, what is proven and what is not, the table
// added up again, and the units.
import { explainedPackage, explanationOf } from '../../modules/packages/rules/explaining.ts';
import { faultSentence } from '../../modules/packages/rules/faults.ts';
import type { Statement } from '../../modules/packages/rules/statements.ts';
import type { PackageVerdict } from '../../modules/packages/rules/verifying.ts';
import { element, pair, type ReadonlyPair } from './dom.ts';
import { countOf, secondsOf, versionOf, words } from './words.ts';

export function reportOf(name: string, verdict: PackageVerdict, seconds: string): Node[] {
  const { holds, firstFault, description, units } = verdict;
  const sentence = firstFault === null ? null : faultSentence(firstFault);
  return [
    element(
      'section', { class: `panel verdict ${holds ? 'held' : 'broken'}`, 'aria-labelledby': 'verdict' },
      element('h2', { id: 'verdict', tabindex: '-1' }, element('span', { class: 'mark', 'aria-hidden': 'true' }, holds ? '✓' : '✕'), ...pair(holds ? words.holds : words.broken)),
      ...(description?.demonstration === true ? [element('p', { class: 'demonstration' }, ...pair(words.demonstration))] : []),
      ...(description?.edition.official === false ? [element('p', { class: 'demonstration' }, ...pair(words.unofficial))] : []),
      ...(sentence === null ? [] : [element('h3', {}, ...pair(words.firstFault)), element('p', { class: 'fault' }, ...pair(whole(sentence))), ...(description === null ? [] : [element('p', {}, ...pair(words.unread))])]),
    ),
    ...explained(verdict),
    panel(words.facts, facts(name, verdict, seconds)),
    ...(holds ? [panel(words.table, tableOf(verdict)), panel(words.units, unitsOf(units))] : []),
    ...listed(words.proven, verdict.statements.filter(({ proven }) => proven), 'proven'),
    ...listed(words.notProven, verdict.statements.filter(({ proven }) => !proven), 'open'),
  ];
}

/** In plain words, as `fuwuyue explain` says it; what is not proven has its own list below. */
function explained(verdict: PackageVerdict): Node[] {
  if (!verdict.holds) return [];
  const sentences = explanationOf(explainedPackage(verdict)).filter(({ chinese }) => !chinese.startsWith('·') && !chinese.endsWith('：'));
  return [panel(words.explained, ...sentences.map(({ chinese, english }) => element('p', {}, ...pair([chinese, english]))))];
}

function panel(title: ReadonlyPair, ...content: readonly Node[]): Node {
  return element('section', { class: 'panel' }, element('h2', {}, ...pair(title)), ...content);
}

function facts(name: string, { description }: PackageVerdict, seconds: string): Node {
  const lines: [ReadonlyPair, Node[]][] = [[words.file, [text(name)]]];
  if (description !== null) {
    lines.push(
      [words.unit, [text(`${description.unit.name}（${description.unit.code}）`)]],
      [words.edition, [text(description.edition.title), element('br', {}), ...pair(versionOf(description.edition.code, description.version))]],
      [words.receipt, [element('span', { class: 'code' }, description.receiptCode)]],
      [words.sealedAt, [text(description.sealedAt.slice(0, 19).replace('T', ' '))]],
      [words.digest, [element('span', { class: 'code' }, description.sha256)]],
    );
  }
  lines.push([words.seconds, pair(secondsOf(seconds))]);
  return element('dl', {}, ...lines.flatMap(([term, about]) => [element('dt', {}, ...pair(term)), element('dd', {}, ...about)]));
}

function text(content: string): Text {
  return document.createTextNode(content);
}

function listed(title: ReadonlyPair, statements: readonly Statement[], kind: string): Node[] {
  if (statements.length === 0) return [];
  return [panel(title, element('ul', { class: kind }, ...statements.map((statement) => element('li', {}, ...pair(whole(statement))))))];
}

/** As a sentence of its own. */
function whole({ chinese, english }: { readonly chinese: string; readonly english: string }): ReadonlyPair {
  return [`${chinese}。`, `${english.charAt(0).toUpperCase()}${english.slice(1)}.`];
}

function tableOf({ indicators, total }: PackageVerdict): Node {
  const head = element('tr', {}, ...[words.row, words.item, words.value].map((name) => element('th', { scope: 'col' }, ...pair(name))));
  const rows = indicators.map(({ code, row, label, unitWord }) => element(
    'tr', {}, element('td', {}, String(row)), element('th', { scope: 'row' }, label), element('td', { class: 'number' }, (total[code] ?? 0).toLocaleString('en-US'), element('span', { class: 'unit-word' }, ` ${unitWord}`)),
  ));
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.table[0] }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
}

/** Folded away: a nation has thousands. Its rows are made when somebody looks. */
function unitsOf(units: PackageVerdict['units']): Node {
  const made = element('details', {}, element('summary', {}, ...pair(countOf(units.length))));
  made.addEventListener('toggle', () => {
    if (!made.open || made.querySelector('table') !== null) return;
    const heads = [words.code, words.unit, words.version, words.receipt, words.sealedAt, words.missing];
    const head = element('tr', {}, ...heads.map((name) => element('th', { scope: 'col' }, ...pair(name))));
    const rows = units.map(({ code, name, depth, version, receiptCode, sealedAt, missing }) => element(
      'tr', { class: `depth-${Math.min(depth, 4)}` }, element('td', { class: 'code' }, code), element('th', { scope: 'row' }, name), element('td', {}, String(version)),
      element('td', { class: 'code' }, receiptCode), element('td', {}, sealedAt.slice(0, 19).replace('T', ' ')), element('td', { class: 'number' }, missing === 0 ? '—' : String(missing)),
    ));
    made.append(element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.units[0] }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))));
  });
  return made;
}
