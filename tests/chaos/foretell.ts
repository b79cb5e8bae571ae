import type { SegmentOfFile } from '../../cli/segmentFile';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import type { DecisionRow } from '../../domain/collection/decision';
import type { Policy } from '../../domain/policy/types';
import type { SegmentDecisionRow } from '../../domain/simulation/segments';
import { simulate } from '../../domain/simulation/simulate';
import type { Ledger } from '../../domain/simulation/timeline';

/** What the simulation says of a ledger until a day, with which what was lived through is compared. */
export interface Foretold {
  from: LocalDate;
  to: LocalDate;
  rows: readonly DecisionRow[];
  ofSegments: readonly SegmentDecisionRow[];
}

export function foretell({ ledger, policy, segments, since, from, to }: { ledger: Ledger; policy: Policy; segments: readonly SegmentOfFile[]; since: InstantMs; from: LocalDate; to: LocalDate }): Foretold {
  const ofSegments: SegmentDecisionRow[] = [];
  const rows = simulate(ledger, policy, from, to, segments.length > 0 ? { segments: { of: segments, since, onDecision: (row) => void ofSegments.push(row) } } : {});
  return { from, to, rows, ofSegments };
}
