// The policy is whole: every endpoint has its row, every row its endpoint, every verb is asked for somewhere, and docs/policy.md says it.
import { describe, expect, it } from 'vitest';
import { implementations } from './modules.ts';
import { role, verb } from './modules/access/model.ts';
import { endpointRows, gateOf } from './modules/access/rules/endpoints.ts';
import { gives, policy, verbs } from './modules/access/rules/policy.ts';
import { policyAsMarkdown } from './modules/access/rules/printing.ts';
import { returnActName } from './modules/returns/model.ts';
import { isWrite, needsStepUp } from './shared/endpoint.ts';

const endpoints = implementations.map(({ endpoint }) => endpoint);

describe('the endpoints', () => {
  it('each have a row in access/rules/endpoints.ts, and each row an endpoint', () => {
    expect(endpoints.map(({ name }) => name).toSorted()).toEqual(Object.keys(endpointRows).toSorted());
  });

  it('that need no session are those the table calls public', () => {
    const open = endpoints.filter(({ access }) => access === 'public').map(({ name }) => name);
    expect(open.toSorted()).toEqual(Object.keys(endpointRows).filter((name) => endpointRows[name] === 'public').toSorted());
  });

  it('that ask for a factor anew are those whose verb the policy says it of', () => {
    const weighty = new Set<unknown>(['own_account', ...verbs.filter((one) => policy[one].stepUp)]);
    const asking = endpoints.filter(({ stepUp }) => stepUp !== false).map(({ name }) => name);
    // Taking data out is asked for by what is taken, and a factor is wanted for all but the list of units.
    const mixed = ['exports.make', 'returns.act'];
    expect(asking.filter((name) => !mixed.includes(name) && !weighty.has(gateOf(name, {})))).toEqual([]);
    const asked = new Set<unknown>([...asking.map((name) => gateOf(name, {})), 'seal', 'submit']);
    expect(verbs.filter((one) => policy[one].stepUp && !asked.has(one))).toEqual([]);
    const act = endpoints.find(({ name }) => name === 'returns.act');
    const wanted = returnActName.options.filter((one) => act !== undefined && needsStepUp(act, { command: { act: one } }));
    expect(wanted.toSorted()).toEqual(['seal', 'submit']);
  });
});

describe('the table', () => {
  it('has a row for every verb, and an endpoint for every row', () => {
    expect(verbs.toSorted()).toEqual(verb.options.toSorted());
    const asked = new Set<unknown>(Object.values(endpointRows).filter((row) => typeof row === 'string'));
    for (const act of returnActName.options) asked.add(gateOf('returns.act', { command: { act } }));
    expect(verbs.filter((one) => !asked.has(one))).toEqual([]);
  });

  it('gives nobody anything beside, above or in another province, and nothing to a role it does not know', () => {
    for (const one of verbs) {
      for (const who of role.options) expect(gives(who, one, 'elsewhere'), `${who} ${one}`).toBe(false);
      for (const who of ['', 'constructor', '__proto__', 'administrator', 'Clerk']) expect(gives(who, one, 'own'), `${who} ${one}`).toBe(false);
    }
  });

  it('lets a superior return and never edit: from above nothing that writes a unit\'s ledger or table', () => {
    const fromAbove = verbs.filter((one) => (['child', 'below'] as const).some((relation) => role.options.some((who) => gives(who, one, relation))));
    expect(fromAbove.filter((one) => ['D1', 'D2'].includes(policy[one].of)).toSorted()).toEqual(
      ['accept', 'read_figures', 'read_return', 'read_submitted_records', 'remind', 'reopen', 'return_by_upper'],
    );
  });

  it('shows none of the three administrators the ledger, the table or a report', () => {
    const seen = verbs.filter((one) => ['D1', 'D2', 'D3', 'D4', 'D5'].includes(policy[one].of));
    for (const who of ['system_administrator', 'security_administrator', 'auditor']) {
      for (const one of seen) for (const relation of ['own', 'child', 'below'] as const) expect(gives(who, one, relation), `${who} ${one}`).toBe(false);
    }
  });

  it('keeps preparing apart from approving, signing and sealing', () => {
    for (const who of role.options) {
      const prepares = gives(who, 'send_for_review', 'own');
      for (const one of ['approve', 'sign', 'seal'] as const) expect(prepares && gives(who, one, 'own'), `${who} ${one}`).toBe(false);
    }
  });

  // After a change: npx vitest run --project unit src/policy.test.ts --update, and read what changed.
  it('is printed in docs/policy.md', async () => {
    await expect(policyAsMarkdown(endpoints.map((one) => ({ name: one.name, writes: isWrite(one) })))).toMatchFileSnapshot('../docs/policy.md');
  });
});
