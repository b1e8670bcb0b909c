import { describe, expect, it } from 'vitest';
import { role } from '../../modules/access/model.ts';
import { menuOf, openPagesOf } from './pages.ts';

describe('the main menu', () => {
  it.each(role.options)('has at most five entries for a %s and begins with the tasks', (one) => {
    for (const upper of [true, false]) {
      const menu = menuOf([one], upper);
      expect(menu.length).toBeLessThanOrEqual(5);
      expect(menu[0]).toBe('home');
      expect(openPagesOf([one], upper)).toEqual(expect.arrayContaining(menu));
    }
  });

  it('offers no overview of units below where there are none', () => {
    expect(menuOf(['clerk', 'coordinator'], false)).toEqual(['home', 'ledger', 'services', 'table', 'return']);
  });
});
