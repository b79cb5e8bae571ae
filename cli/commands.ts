import type { Command } from 'commander';
import { register as audit } from './audit';
import { register as decisions } from './decisions';
import { register as doctor } from './doctor';
import { register as importFiles } from './import';
import { register as ledgerFiles } from './ledgerFiles';
import { register as migrate } from './migrate';
import { register as policy } from './policy';
import { register as replay } from './replay';
import { register as setup } from './setup';
import { register as simulate } from './simulate';
import { register as user } from './user';

/** Every command of `dunwell`, in the order in which help lists them. */
const registrations: readonly ((program: Command) => void)[] = [simulate, replay, decisions, setup, migrate, policy, importFiles, ledgerFiles, audit, user, doctor];

export function registerCommands(program: Command): void {
  for (const register of registrations) register(program);
}
