import type { Knex } from 'knex';
import { parseMapping, type Mapping } from '../../domain/ledger/mapping';
import type { LedgerKind } from '../../domain/ledger/records';
import { appendAudit, type Actor } from '../audit';

export interface SavedMapping {
  name: string;
  kind: LedgerKind;
  mapping: Mapping;
  updatedAt: Date;
}

interface MappingRow {
  name: string;
  kind: LedgerKind;
  document: unknown;
  updated_at: Date;
}

export async function listMappings(db: Knex): Promise<SavedMapping[]> {
  return (await db<MappingRow>('import_mappings').orderBy('name')).map(savedMapping);
}

export async function readMapping(db: Knex, name: string): Promise<SavedMapping | null> {
  const row = await db<MappingRow>('import_mappings').where({ name }).first();
  return row ? savedMapping(row) : null;
}

/** Keeps a mapping under a name, in place of one that had the name before. Throws MappingError when the document is not a mapping. */
export async function saveMapping(db: Knex, actor: Actor, name: string, document: unknown): Promise<SavedMapping> {
  const mapping = parseMapping(document);
  return db.transaction(async (trx) => {
    const before = await readMapping(trx, name);
    const [row] = await trx<MappingRow>('import_mappings').insert({ name, kind: mapping.kind, document: JSON.stringify(mapping), updated_at: new Date() })
      .onConflict('name').merge(['kind', 'document', 'updated_at']).returning('*');
    await appendAudit(trx, [{ actor, action: 'import-mapping.saved', subjectType: 'import-mapping', subjectId: name, ...(before ? { before: before.mapping } : {}), after: mapping }]);
    return savedMapping(row!);
  });
}

export async function deleteMapping(db: Knex, actor: Actor, name: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const before = await readMapping(trx, name);
    if (!before) return false;
    await trx('import_mappings').where({ name }).del();
    await appendAudit(trx, [{ actor, action: 'import-mapping.deleted', subjectType: 'import-mapping', subjectId: name, before: before.mapping }]);
    return true;
  });
}

function savedMapping(row: MappingRow): SavedMapping {
  return { name: row.name, kind: row.kind, mapping: parseMapping(row.document), updatedAt: row.updated_at };
}
