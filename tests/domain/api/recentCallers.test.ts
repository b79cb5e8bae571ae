import type { Request } from 'express';
import { RecentCallers } from '../../../api/http/recentCallers';
import type { Identity } from '../../../api/http/identity';

const identity: Identity = { kind: 'key', apiKey: { id: 7, name: 'ERP', scopes: ['read'] } };
const requestWith = (key: string): Request => ({ header: (name: string) => (name === 'authorization' ? `Bearer ${key}` : undefined), cookies: {} }) as unknown as Request;
const request = requestWith('dw_a');

describe('who was here a moment ago', () => {
  let now = 1_000;
  let callers: RecentCallers;
  beforeEach(() => {
    now = 1_000;
    callers = new RecentCallers(() => now);
  });

  test('is taken as said for a second, looked up again after it, and forgotten after a minute', () => {
    expect(callers.recall(request)).toBeNull();
    callers.remember(request, identity, callers.startOfLookUp());
    now += 999;
    expect(callers.recall(request)).toEqual({ identity, isFresh: true });
    now += 1;
    expect(callers.recall(request)).toEqual({ identity, isFresh: false });
    now += 60_000;
    expect(callers.recall(request)).toBeNull();
  });

  test('is nobody else, and nobody is never remembered', () => {
    callers.remember(request, identity, callers.startOfLookUp());
    callers.remember(requestWith('dw_b'), { kind: 'nobody' }, callers.startOfLookUp());
    expect(callers.recall(requestWith('dw_b'))).toBeNull();
  });

  test('is looked up again after anything was written', () => {
    callers.remember(request, identity, callers.startOfLookUp());
    now += 1;
    callers.lookUpAgain();
    expect(callers.recall(request)?.isFresh).toBe(false);
    now += 1;
    callers.remember(request, identity, callers.startOfLookUp());
    expect(callers.recall(request)?.isFresh).toBe(true);
  });

  test('is not taken from a look-up that began before a write and ended after it', () => {
    const since = callers.startOfLookUp();
    now += 1;
    callers.lookUpAgain();
    now += 1;
    callers.remember(request, identity, since);
    expect(callers.recall(request)?.isFresh).toBe(false);
  });
});
