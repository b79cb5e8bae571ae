import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { SegmentRunInput, SegmentKey } from '../api/contracts/segments';
import { notSimulated } from '../domain/condition/catalogue';
import { parseCondition } from '../domain/policy/readCondition';
import type { ConditionDocument } from '../domain/policy/schema';
import { readRun, type SegmentRunDocument } from '../domain/segment/readRun';
import type { SimulatedSegment } from '../domain/simulation/segments';
import { CommandError } from './commandError';

/** A segment as a file has it, and as it is simulated. */
export interface SegmentOfFile extends SimulatedSegment {
  document: unknown;
}

const file = z.array(z.strictObject({ key: SegmentKey, condition: z.record(z.string(), z.unknown()), consolidated: z.boolean().default(false), run: SegmentRunInput.nullable().default(null) })).max(100);

const reading = { subject: 'customer', without: { ...notSimulated, 'customer.segments': 'a segment is not made of other segments' } } as const;

/** Reads a file of segments: a list of `key`, `condition`, `consolidated` and `run`, as the API takes them. What is wrong ends the command, saying where. */
export async function readSegmentFile(name: string): Promise<SegmentOfFile[]> {
  let content: unknown;
  try {
    content = parse(await readFile(name, 'utf8'));
  } catch (error) {
    if (error instanceof YAMLParseError) throw new CommandError(`${name}: ${error.message}`, 2);
    throw error;
  }
  const read = file.safeParse(content);
  if (!read.success) throw new CommandError(read.error.issues.map(({ path, message }) => `${name} ${path.join('.')}: ${message}`).join('\n'), 2);
  const names = { segments: read.data.map(({ key }) => key) };
  return read.data.map(({ key, condition, consolidated, run }) => {
    const parsed = parseCondition(condition, reading);
    if (!parsed.ok) throw new CommandError(parsed.errors.map(({ path, message }) => `${name} ${key}.condition.${path}: ${message}`).join('\n'), 2);
    const schedule = run === null ? null : readRun(asDocument(run), names, notSimulated);
    if (schedule && !schedule.ok) throw new CommandError(schedule.errors.map(({ path, message }) => `${name} ${key}.run.${path}: ${message}`).join('\n'), 2);
    return { key, condition: parsed.condition, document: parsed.document, consolidated, run: schedule?.run ?? null };
  });
}

function asDocument({ when, invoices, ...run }: z.infer<typeof SegmentRunInput>): SegmentRunDocument {
  return { ...run, when: when as ConditionDocument | null, invoices: { which: invoices.which, where: invoices.where as ConditionDocument | null } };
}
