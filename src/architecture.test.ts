// The architecture as data: who may import whom. A new edge needs a line here, and a reason in its commit.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which modules' files a module may use beside its own. Models may name other models freely. */
const mayUse: { readonly [module: string]: readonly string[] } = {
  access: ['editions', 'returns', 'units'],
  activities: ['access', 'editions', 'enterprises', 'evidence', 'figures', 'returns', 'units'],
  assessments: ['access', 'editions', 'enterprise-accounts', 'enterprises', 'units'],
  audit: ['access', 'editions', 'units'],
  column: ['access', 'activities', 'editions', 'evidence', 'figures', 'returns', 'units'],
  editions: ['access', 'activities', 'enterprises', 'figures', 'returns', 'units', 'validation'],
  'enterprise-accounts': ['access', 'editions', 'enterprises', 'people', 'sign-in', 'units'],
  enterprises: ['access', 'activities', 'editions', 'units'],
  evidence: ['access', 'activities', 'editions', 'figures', 'units'],
  exports: ['access', 'activities', 'editions', 'enterprises', 'figures', 'people', 'returns', 'units'],
  figures: ['access', 'activities', 'editions', 'returns', 'units'],
  forms: ['access', 'editions', 'figures', 'returns', 'seals', 'units'],
  imports: ['access', 'activities', 'editions', 'enterprises', 'figures', 'units'],
  keys: [],
  operations: ['access', 'editions', 'proofs'],
  packages: ['access', 'activities', 'editions', 'evidence', 'figures', 'forms', 'keys', 'proofs', 'reports', 'returns', 'seals', 'units'],
  notices: ['access', 'editions', 'units'],
  people: ['access', 'editions', 'sign-in', 'units'],
  plans: ['access', 'editions', 'figures', 'notices', 'units'],
  proofs: ['access', 'editions', 'units'],
  publicity: ['access', 'activities', 'editions', 'units'],
  questionnaires: ['access', 'activities', 'editions', 'enterprises', 'units'],
  reports: ['access', 'editions', 'evidence', 'figures', 'returns', 'units'],
  returns: ['access', 'editions', 'figures', 'forms', 'seals', 'units', 'validation'],
  seals: ['access', 'keys', 'proofs', 'units'],
  'sign-in': ['access', 'editions', 'people', 'units'],
  'service-points': ['access', 'editions', 'enterprises', 'units'],
  tasks: ['access', 'editions', 'figures', 'people', 'returns', 'units'],
  templates: [],
  trainings: ['access', 'activities', 'editions', 'enterprises', 'units'],
  units: ['access', 'editions', 'evidence', 'figures'],
  validation: ['editions', 'figures'],
  visits: ['access', 'activities', 'editions', 'enterprises', 'people', 'questionnaires', 'units'],
};

/** Nobody may import these, not even a model. */
const closed = ['cases'];

const layers = ['model', 'rules', 'contract', 'queries', 'actions'] as const;
/** What a file of one noun may import by noun. Files with other names count as queries when they end in reading, else as actions. */
const below: { readonly [layer: string]: readonly string[] } = {
  model: ['model', 'rules'],
  rules: ['model', 'rules', 'contract'],
  contract: ['model', 'rules', 'contract'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => ({ from: relative('.', path), to: relative('.', resolve(dirname(path), match[1] ?? '')) }));
}

const imports = sourceFiles('src').flatMap(importsOf);
const moduleOf = (path: string): string | null => /^src\/modules\/([a-z-]+)\//.exec(path)?.[1] ?? null;
/** A file in a folder of subjects is of the folder's noun. */
const nounOf = (path: string): string => (/^src\/modules\/[a-z-]+\/(model|rules|contract)\//.exec(path) ?? /\/([a-z-]+)\.tsx?$/.exec(path))?.[1] ?? '';

describe('the tree', () => {
  it('lists every module', () => {
    const folders = readdirSync('src/modules', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.toSorted()).toEqual(Object.keys(mayUse).toSorted());
  });

  it('lets shared and kernel know no business', () => {
    expect(imports.filter(({ from, to }) => from.startsWith('src/shared/') && !to.startsWith('src/shared/'))).toEqual([]);
    expect(imports.filter(({ from, to }) => from.startsWith('src/kernel/') && !/^src\/(kernel|shared)\//.test(to))).toEqual([]);
  });

  it('lets documents know bytes and no business', () => {
    expect(imports.filter(({ from, to }) => from.startsWith('src/documents/') && !/^src\/(documents|kernel|shared)\//.test(to))).toEqual([]);
  });

  it('lets modules use only the modules of the table', () => {
    const wrong = imports.filter(({ from, to }) => {
      const own = moduleOf(from);
      const other = moduleOf(to);
      if (own === null || other === null || own === other) return false;
      return closed.includes(other) || (nounOf(to) !== 'model' && !(mayUse[own] ?? []).includes(other));
    });
    expect(wrong).toEqual([]);
  });

  it('keeps models, rules and contracts pure', () => {
    const wrong = imports.filter(({ from, to }) => {
      const layer = nounOf(from);
      if (moduleOf(from) === null || !(layer in below)) return false;
      if (to.startsWith('src/shared/')) return false;
      return moduleOf(to) === null || !(below[layer] ?? []).includes(nounOf(to));
    });
    expect(wrong).toEqual([]);
    expect(layers).toContain('queries');
  });

  it('shows the browser only shared, models, rules and contracts', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('src/web/') && !/^src\/(web|shared)\//.test(to) && !/^src\/modules\/[a-z-]+\/(model|rules|contract)(\/[a-z-]+)?\.ts$/.test(to));
    expect(wrong).toEqual([]);
  });

  it('asks no schema in the browser: models come there with their options only', () => {
    const asked = sourceFiles('src/web').flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      const names = [...text.matchAll(/import \{([^}]*)\} from '[^']*\/modules\/[^']*'/g)].flatMap((match) => (match[1] ?? '').split(',').map((name) => name.replace(/^\s*type /, '').trim()));
      return names.filter((name) => name !== '' && ['parse', 'safeParse'].some((verb) => text.includes(`${name}.${verb}(`))).map((name) => `${path}: ${name}`);
    });
    expect(asked).toEqual([]);
  });

  it('shows the site shared, models, rules and contracts, and the kernel to what serves it', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('src/site/') && !/^src\/(site|shared)\//.test(to) && !/^src\/modules\/[a-z-]+\/(model|rules|contract)(\/[a-z-]+)?\.ts$/.test(to)
      && !(from === 'src/site/serve.ts' && to.startsWith('src/kernel/')));
    expect(wrong).toEqual([]);
  });

  it('lets nothing but the entry points use web, site, cli and main', () => {
    const wrong = imports.filter(({ from, to }) => /^src\/(web|site|cli|main)/.test(to) && !/^src\/(web|site|cli|main|testing|bench)/.test(from));
    expect(wrong).toEqual([]);
  });
});
