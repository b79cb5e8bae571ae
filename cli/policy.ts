import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { connect } from '../db/connect';
import { PolicyConflictError, publishPolicy } from '../db/policies';
import { policyChecks } from '../db/policies/policyChecks';
import { describePolicy, type DescribedPolicy } from '../domain/policy/describePolicy';
import { CommandError } from './commandError';
import { commandEnvironment } from './environment';
import { policiesOption, readPolicyFile, readPolicySet } from './policyFiles';

/** `dunwell policy check|explain|publish FILE` */
export function register(program: Command): void {
  const command = program.command('policy').description('check, explain and publish collection policies');
  command.command('check').argument('<file>', 'policy as YAML or JSON').description('say whether a policy is right, and if not, what is wrong and where')
    .option(...policiesOption)
    .action(async (file: string, { policies }: { policies?: string }) => {
      const { policy } = await readPolicySet(file, policies);
      process.stdout.write(`${file} is right: ${policy.policy}@${policy.version}, ${policy.steps.length} ${policy.steps.length === 1 ? 'step' : 'steps'}\n`);
    });
  command.command('explain').argument('<file>', 'policy as YAML or JSON').description('print the ladder in plain words')
    .action(async (file: string) => {
      process.stdout.write(explanation(describePolicy((await readPolicyFile(file)).policy)));
    });
  command.command('publish').argument('<file>', 'policy as YAML or JSON').description('publish a policy; new invoices are collected under it from then on')
    .option('--assigned-only', 'only invoices that are assigned to it, by people or by steps of other policies; for all others everything stays')
    .action(publish);
}

function explanation(described: DescribedPolicy): string {
  const lines = [`${described.title} (${described.name})`, '', `When:    ${described.calendar}`, `Contact: ${described.contact}`, ''];
  described.steps.forEach((step, index) => {
    lines.push(`${index + 1}. ${step.title} [${step.id}]`, `   ${step.timing}${step.condition === null ? '' : `, if ${step.condition}`}`);
    for (const action of step.actions) lines.push(`   - ${action}`);
    lines.push(`   ${step.catchUp}`);
    if (step.spacing) lines.push(`   ${step.spacing}`);
    lines.push('');
  });
  return lines.join('\n');
}

async function publish(file: string, { assignedOnly = false }: { assignedOnly?: boolean }): Promise<void> {
  const { username } = userInfo();
  const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
  try {
    const { policy, source } = await readPolicyFile(file, await policyChecks(knex));
    const { published, activated } = await knex.transaction((trx) =>
      publishPolicy(trx, { policy, source, activate: !assignedOnly, inForce: true, actor: { kind: 'system', id: `cli:${username}`, name: `${username} (command line)` } }));
    const name = `${policy.policy}@${policy.version}`;
    const effect = assignedOnly ? 'invoices that are assigned to it are collected under it from now on' : activated ? 'new invoices are collected under it from now on' : 'it is the active one already';
    process.stdout.write(`${published ? `published ${name}` : `${name} was published before, with the same content`}; ${effect}\n`);
  } catch (error) {
    if (error instanceof PolicyConflictError) throw new CommandError(error.message);
    throw error;
  } finally {
    await knex.destroy();
  }
}
