import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import type { Policy } from '../../domain/policy/types';

export function referencePolicy(): { policy: Policy; source: string } {
  return policyFrom(readFileSync(join(__dirname, '../../policies/reference.yaml'), 'utf8'));
}

export function policyFrom(source: string): { policy: Policy; source: string } {
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { policy: parsed.policy, source };
}
