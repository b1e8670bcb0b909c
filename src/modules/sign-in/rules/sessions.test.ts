// How long a session holds, when it locks, what opens it; what a browser says it is.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf, instantOf } from '../../../shared/instant.ts';
import { deviceOf } from './devices.ts';
import { accepts, confirmsOnly, enrolmentEnd, idleMinutesOf, isEnrolled, isRenewedLately, isWorthNoting, passwordDueAt, sessionEnd, standingOf } from './sessions.ts';

const nine = '2023-06-26T09:00:00.000+08:00';
const at = (seconds: number): string => instantOf(epochOf(nine) + seconds * 1000);

it('a session holds 8 hours, the setting up of an account one', () => {
  expect(sessionEnd(nine)).toBe('2023-06-26T17:00:00.000+08:00');
  expect(enrolmentEnd(nine)).toBe('2023-06-26T10:00:00.000+08:00');
});

describe('a session', () => {
  const facts = { enrolling: false, locked: false, lastSeenAt: nine, idleMinutes: 30 };

  it('locks after 30 minutes, of the three administrators after 15', () => {
    expect([idleMinutesOf([{ role: 'clerk' }, { role: 'head' }]), idleMinutesOf([{ role: 'auditor' }]), idleMinutesOf([{ role: 'system_administrator' }]), idleMinutesOf([])]).toEqual([30, 15, 15, 30]);
    expect(standingOf(facts, at(30 * 60 - 1))).toBe('open');
    expect(standingOf(facts, at(30 * 60))).toBe('locked');
    expect(standingOf({ ...facts, idleMinutes: 15 }, at(15 * 60))).toBe('locked');
    expect(standingOf({ ...facts, locked: true }, nine)).toBe('locked');
    expect(standingOf({ ...facts, enrolling: true }, at(50 * 60))).toBe('enrolling');
  });

  it('notes once a minute that somebody is there, and lets the token before go after half a minute', () => {
    expect([isWorthNoting(nine, at(59)), isWorthNoting(nine, at(60))]).toEqual([false, true]);
    expect([isRenewedLately(null, nine), isRenewedLately(nine, at(29)), isRenewedLately(nine, at(30))]).toEqual([false, true, false]);
  });
});

describe('proofs', () => {
  const official = { hasPassword: true, kinds: ['totp'] as const, demonstration: false };

  it('open a lock by any one factor, and stand for a step-up by the second only', () => {
    expect(accepts('unlock', official, 'password')).toBe(true);
    expect(accepts('step_up', official, 'password')).toBe(false);
    for (const purpose of ['unlock', 'step_up'] as const) {
      expect(accepts(purpose, official, 'totp')).toBe(true);
      expect(accepts(purpose, official, 'recovery')).toBe(true);
      expect(accepts(purpose, official, 'passkey')).toBe(false);
      expect(accepts(purpose, official, 'confirmation')).toBe(false);
    }
  });

  it('of a demonstration account without factors are a confirmation; with a password it is asked for', () => {
    expect(confirmsOnly({ hasPassword: false, kinds: [], demonstration: true })).toBe(true);
    expect(accepts('step_up', { hasPassword: true, kinds: [], demonstration: true }, 'confirmation')).toBe(false);
    expect(accepts('step_up', { hasPassword: true, kinds: [], demonstration: true }, 'password')).toBe(true);
  });

  it('are never a bare confirmation of a real account', () => {
    const kinds = fc.subarray(['totp', 'passkey', 'ukey'] as const);
    fc.assert(fc.property(fc.boolean(), kinds, fc.constantFrom('unlock', 'step_up'), (hasPassword, held, purpose) => !accepts(purpose, { hasPassword, kinds: held, demonstration: false }, 'confirmation')));
  });

  it('are complete with a password and a second factor, or with a key that checks its holder itself', () => {
    expect(isEnrolled({ hasPassword: true, kinds: [] })).toBe(false);
    expect(isEnrolled({ hasPassword: false, kinds: ['totp'] })).toBe(false);
    expect(isEnrolled({ hasPassword: true, kinds: ['totp'] })).toBe(true);
    expect(isEnrolled({ hasPassword: false, kinds: ['passkey'] })).toBe(true);
    expect(isEnrolled({ hasPassword: false, kinds: ['ukey'] })).toBe(true);
  });
});

it('a password is due after 90 days, and never beside a passkey or a UKey', () => {
  expect(passwordDueAt({ changedAt: nine, hasPassword: true, kinds: ['totp'] })).toBe('2023-09-24T09:00:00.000+08:00');
  expect(passwordDueAt({ changedAt: nine, hasPassword: true, kinds: ['totp', 'ukey'] })).toBeNull();
  expect(passwordDueAt({ changedAt: null, hasPassword: true, kinds: [] })).toBeNull();
  expect(passwordDueAt({ changedAt: nine, hasPassword: false, kinds: ['passkey'] })).toBeNull();
});

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36', 'desktop', 'Chrome', 'Windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0', 'desktop', 'Edge', 'Windows'],
    ['Mozilla/5.0 (Linux; Android 14; HUAWEI) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0', 'phone', '微信', 'Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1', 'phone', 'Safari', 'iOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'desktop', 'Firefox', 'Linux'],
    ['', 'desktop', '', ''],
  ])('%s', (agent, device, browser, system) => {
    expect(deviceOf(agent)).toEqual({ device, browser, system });
  });
});
