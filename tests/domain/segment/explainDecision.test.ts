import { explainDecision } from '../../../domain/segment/explainDecision';

const written = (state: string, reason: string | null = null) => explainDecision({ outcome: 'executed', reason: '2 invoices are listed', message: { state, reason } });

test('who was not written to is told why, and who waits for what', () => {
  expect(explainDecision({ outcome: 'suppressed', reason: 'nothing is open that may be collected', message: null })).toBe('Not written to: nothing is open that may be collected.');
  expect(explainDecision({ outcome: 'deferred', reason: 'the send window is closed', message: null })).toBe('Waits: the send window is closed.');
});

test('where a run does more than to write, an email that reaches nobody is told beside what was done', () => {
  expect(explainDecision({ outcome: 'executed', reason: 'no email: the customer has no email address', message: null })).toBe('Not written to: the customer has no email address. What else the run does was done.');
  expect(explainDecision({ outcome: 'executed', reason: '1 invoice is listed', message: null })).toBe('Done: 1 invoice is listed.');
});

test.each(['queued', 'sending', 'sent', 'unknown', 'delivered'])('an email that is %s is one that was written', (state) => {
  expect(written(state)).toBe('Written to: 2 invoices are listed.');
});

test('an email that was about nothing any more, or failed, is not told as if it had reached somebody', () => {
  expect(written('cancelled', 'it was paid before it could be sent')).toBe('An email was decided on (2 invoices are listed), but it was not sent: it was paid before it could be sent.');
  expect(written('bounced')).toBe('An email was decided on (2 invoices are listed), but it bounced.');
  expect(written('failed', 'the provider refused it')).toBe('An email was decided on (2 invoices are listed), but sending it failed: the provider refused it.');
});
