import type { Knex } from 'knex';
import type { Actor } from '../audit';
import { tellPeople } from '../work/tellPeople';

/** A dispute that has become somebody's. */
export interface Owned {
  externalId: string;
  ownerId: number;
  /** How often the dispute had changed by then: it may become theirs again. */
  rowVersion: number;
  invoiceNumber: string;
  customerId: number;
  invoiceId: number;
}

/** Tells people that disputes have become theirs; nobody is told of what they took themselves. */
export async function tellOwners(trx: Knex.Transaction, actor: Actor, at: Date, owned: readonly Owned[]): Promise<void> {
  await tellPeople(trx, owned.filter(({ ownerId }) => !(actor.kind === 'user' && actor.id === String(ownerId))).map(({ externalId, ownerId, rowVersion, invoiceNumber, customerId, invoiceId }) => ({
    key: `dispute/${externalId}/owner/${rowVersion}`, userIds: [ownerId], title: `${actor.name} gave you the dispute of invoice ${invoiceNumber}`, customerId, invoiceId, at,
  })));
}
