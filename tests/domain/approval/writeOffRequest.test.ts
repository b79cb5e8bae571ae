import fc from 'fast-check';
import { writeOffDeadline, writeOffRequestAfter, type OpenWriteOffRequest } from '../../../domain/approval/writeOffRequest';

const now = Date.parse('2026-03-01T12:00:00Z');
const requests: fc.Arbitrary<OpenWriteOffRequest> = fc.record({
  state: fc.constantFrom('pending' as const, 'withdrawn' as const), role: fc.constantFrom('credit-manager' as const, 'admin' as const),
  dueAt: fc.integer({ min: -3, max: 3 }).map((hours) => now + hours * 3_600_000), openMinor: fc.integer({ min: 0, max: 2 }),
});

describe('a request for a write-off that nobody answers', () => {
  const request: OpenWriteOffRequest = { state: 'pending', role: 'credit-manager', dueAt: now, openMinor: 100 };

  test('goes to an administrator when its time is over, and is left out when that time is over too', () => {
    expect(writeOffRequestAfter({ ...request, dueAt: now + 1 }, now)).toBeNull();
    expect(writeOffRequestAfter(request, now)).toEqual({ kind: 'escalate' });
    expect(writeOffRequestAfter({ ...request, role: 'admin' }, now)).toMatchObject({ kind: 'time-out' });
  });

  test('is withdrawn when nothing is open, and asked anew when something is again', () => {
    expect(writeOffRequestAfter({ ...request, openMinor: 0 }, now)).toMatchObject({ kind: 'withdraw' });
    expect(writeOffRequestAfter({ ...request, state: 'withdrawn' }, now)).toEqual({ kind: 'ask-again' });
    expect(writeOffRequestAfter({ ...request, state: 'withdrawn', openMinor: 0 }, now)).toBeNull();
  });

  test('whatever it is, it comes to rest: after its change nothing more is due at the same instant', () => {
    fc.assert(fc.property(requests, (one) => {
      const change = writeOffRequestAfter(one, now);
      if (change === null || change.kind === 'time-out') return;
      const later = now + 86_400_000;
      const after: OpenWriteOffRequest = change.kind === 'withdraw' ? { ...one, state: 'withdrawn' } : { ...one, state: 'pending', role: change.kind === 'escalate' ? 'admin' : 'credit-manager', dueAt: later };
      expect(writeOffRequestAfter(after, now)).toBeNull();
    }));
  });

  test('its time is over at the start of a day where the customer is, also where the clocks change', () => {
    expect(new Date(writeOffDeadline(Date.parse('2026-03-28T23:30:00Z'), 14, 'Europe/Berlin')).toISOString()).toBe('2026-04-11T22:00:00.000Z');
    expect(new Date(writeOffDeadline(Date.parse('2026-03-27T12:00:00Z'), 2, 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z');
  });
});
