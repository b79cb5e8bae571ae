import { z } from 'zod';

/** A task as a document asks for one; the words of a policy's step are in its own schema. */
export interface WantedTask {
  queue: string;
  /** May hold the fields of a task in braces. */
  title: string;
  /** Not there in documents of before campaigns could say it. */
  instructions?: string | null;
  dueInDays: number;
  /** A task template by name, for instructions where none are given here, priority and outcomes; not there in documents of before. */
  template?: string | null;
}

/** The keys of a task in automations, campaigns and runs of segments: the same as in a policy's step, with null for what is not said. */
export const wantedTask = {
  queue: z.string().trim().min(1).max(100),
  title: z.string().trim().min(1).max(500).describe('May hold {customer} and other fields of a task'),
  instructions: z.string().max(10_000).nullable().default(null),
  dueInDays: z.int().min(0).max(365).default(1),
  template: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/).nullable().default(null).describe('A task template: its instructions where none are given here, its priority and its outcomes'),
};
