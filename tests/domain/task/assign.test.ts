import fc from 'fast-check';
import { assign, assignmentRules, type QueueStanding } from '../../../domain/task/assign';

const members = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 30 }), waiting: fc.nat(20) }), { selector: ({ id }) => id, maxLength: 8 });
const standing = (rule: fc.Arbitrary<QueueStanding['rule']>): fc.Arbitrary<QueueStanding> =>
  fc.record({ rule, members, lastAssignedId: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }) });
const tasks = fc.array(fc.record({ ownerId: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }) }), { maxLength: 60 });
const countOf = (assignees: readonly (number | null)[], id: number): number => assignees.filter((each) => each === id).length;

describe('who gets a task', () => {
  test('every task has an answer, always somebody of the queue, and nobody where there is nobody or no rule', () => {
    fc.assert(fc.property(standing(fc.constantFrom(...assignmentRules)), tasks, (queue, given) => {
      const { assignees } = assign(queue, given);
      expect(assignees).toHaveLength(given.length);
      const ids = new Set<number | null>(queue.members.map(({ id }) => id));
      for (const assignee of assignees) expect(queue.rule === 'none' || ids.size === 0 ? assignee === null : ids.has(assignee)).toBe(true);
    }));
  });

  test('round robin: nobody gets two more than another, and two batches are as one', () => {
    fc.assert(fc.property(standing(fc.constant('round-robin')), tasks, fc.nat(60), (queue, given, cut) => {
      const whole = assign(queue, given);
      const counts = queue.members.map(({ id }) => countOf(whole.assignees, id));
      if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      const first = assign(queue, given.slice(0, cut));
      const second = assign({ ...queue, lastAssignedId: first.lastAssignedId }, given.slice(cut));
      expect([...first.assignees, ...second.assignees]).toEqual(whole.assignees);
    }));
  });

  test('load: after it, whoever got a task has at most one more than the one who has least', () => {
    fc.assert(fc.property(standing(fc.constant('load')), tasks, (queue, given) => {
      const { assignees } = assign(queue, given);
      const after = queue.members.map(({ id, waiting }) => ({ got: countOf(assignees, id), waiting: waiting + countOf(assignees, id) }));
      const least = Math.min(...after.map(({ waiting }) => waiting));
      for (const { got, waiting } of after) if (got > 0) expect(waiting).toBeLessThanOrEqual(least + 1);
    }));
  });

  test('owner: the owner if in the queue, otherwise the one with least', () => {
    fc.assert(fc.property(standing(fc.constant('owner')), tasks, (queue, given) => {
      const { assignees } = assign(queue, given);
      given.forEach(({ ownerId }, index) => {
        if (queue.members.some(({ id }) => id === ownerId)) expect(assignees[index]).toBe(ownerId);
      });
    }));
    const queue: QueueStanding = { rule: 'owner', members: [{ id: 4, waiting: 3 }, { id: 7, waiting: 1 }], lastAssignedId: null };
    expect(assign(queue, [{ ownerId: 4 }, { ownerId: 99 }, { ownerId: null }]).assignees).toEqual([4, 7, 7]);
  });

  test('somebody who left the queue keeps their place in the round', () => {
    expect(assign({ rule: 'round-robin', members: [{ id: 1, waiting: 0 }, { id: 5, waiting: 0 }], lastAssignedId: 3 }, [{ ownerId: null }, { ownerId: null }]).assignees).toEqual([5, 1]);
  });
});
