import type { Command } from 'commander';
import type { Knex } from 'knex';
import { roles, type Role } from '../domain/access/roles';
import { CommandError } from './commandError';
import { commandEnvironment } from './environment';

/** `dunwell user list|add|reset-password`: for whoever runs the installation; in the console admins do the same. */
export function register(program: Command): void {
  const command = program.command('user').description('list and add users of the console, and reset a lost password');
  command.command('list').description('print every user').action(list);
  command.command('add').argument('<email>').description('add a user and print the password that was made')
    .option('--name <name>', 'how the console calls the user; the part before the @ unless given')
    .option('--role <role>', `one of ${roles.join(', ')}`, 'viewer')
    .action(add);
  command.command('reset-password').argument('<email>').description("print a new password; ends all the user's sessions").action(resetPassword);
}

async function list(): Promise<void> {
  await withDatabase(async (knex) => {
    const { listUsers } = await import('../db/access/users');
    const usersMax = 1_000;
    for (const { email, role, name, active } of await listUsers(knex, 0, usersMax)) process.stdout.write(`${email}\t${role}\t${name}${active ? '' : '\tinactive'}\n`);
  });
}

async function add(email: string, options: { name?: string; role: string }): Promise<void> {
  const role = roles.find((known): known is Role => known === options.role);
  if (!role) throw new CommandError(`--role ${options.role} is not a role: use one of ${roles.join(', ')}.`, 2);
  await withDatabase(async (knex) => {
    const { addUser, UserError } = await import('../db/access/users');
    const { appendAudit } = await import('../db/audit');
    try {
      const { user, madePassword } = await knex.transaction(async (trx) => {
        const added = await addUser(trx, { email, name: options.name ?? email.split('@')[0] ?? email, role });
        await appendAudit(trx, [{ actor: commandLineActor, action: 'user.added', subjectType: 'user', subjectId: String(added.user.id), after: { email: added.user.email, role } }]);
        return added;
      });
      process.stdout.write(`Added ${user.email} as ${role}. Password: ${madePassword}\n`);
    } catch (error) {
      throw error instanceof UserError ? new CommandError(error.message) : error;
    }
  });
}

async function resetPassword(email: string): Promise<void> {
  await withDatabase(async (knex) => {
    const { findUserByEmail, setPassword } = await import('../db/access/users');
    const { randomPassword } = await import('../db/access/passwords');
    const { appendAudit } = await import('../db/audit');
    const user = await findUserByEmail(knex, email);
    if (!user) throw new CommandError(`There is no user with the address ${email}. \`dunwell user list\` prints them all.`);
    const password = randomPassword();
    await knex.transaction(async (trx) => {
      await setPassword(trx, user.id, password);
      await appendAudit(trx, [{ actor: commandLineActor, action: 'user.password-reset', subjectType: 'user', subjectId: String(user.id) }]);
    });
    process.stdout.write(`New password of ${user.email}: ${password}\n`);
  });
}

const commandLineActor = { kind: 'system', id: 'command-line', name: 'Command line' } as const;

async function withDatabase(work: (knex: Knex) => Promise<void>): Promise<void> {
  const { connect } = await import('../db/connect');
  const knex = connect(commandEnvironment().databaseUrl, { poolMax: 1 });
  try {
    await work(knex);
  } finally {
    await knex.destroy();
  }
}
