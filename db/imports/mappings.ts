import type { Knex } from 'knex';
import { parseMapping, type Mapping } from '../../domain/ledger/mapping';
import type { FileKind } from '../../domain/ledger/records';
import { appendAudit, type Actor } from '../audit';

export interface SavedMapping {
  kind: FileKind;
  name: string;
  mapping: Mapping;
  updatedAt: Date;
}

interface MappingRow {
  kind: FileKind;
  name: string;
  document: unknown;
  updated_at: Date;
}

export async function listMappings(db: Knex, kind?: FileKind): Promise<SavedMapping[]> {
  const query = db<MappingRow>('import_mappings').orderBy(['kind', 'name']);
  return (await (kind ? query.where({ kind }) : query)).map(savedMapping);
}

export async function readMapping(db: Knex, kind: FileKind, name: string): Promise<SavedMapping | null> {
  const row = await db<MappingRow>('import_mappings').where({ kind, name }).first();
  return row ? savedMapping(row) : null;
}

/** Keeps a mapping under a name, in place of one of its kind that had the name before. Throws MappingError when the document is not a mapping. */
export async function saveMapping(db: Knex, actor: Actor, name: string, document: unknown): Promise<SavedMapping> {
  const mapping = parseMapping(document);
  return db.transaction(async (trx) => {
    const before = await readMapping(trx, mapping.kind, name);
    const [row] = await trx<MappingRow>('import_mappings').insert({ kind: mapping.kind, name, document: JSON.stringify(mapping), updated_at: new Date() })
      .onConflict(['kind', 'name']).merge(['document', 'updated_at']).returning('*');
    await appendAudit(trx, [{ actor, action: 'import-mapping.saved', subjectType: 'import-mapping', subjectId: `${mapping.kind}/${name}`, ...(before ? { before: before.mapping } : {}), after: mapping }]);
    return savedMapping(row!);
  });
}

/** Answers whether there was one. */
export async function deleteMapping(db: Knex, actor: Actor, kind: FileKind, name: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const before = await readMapping(trx, kind, name);
    if (!before) return false;
    await trx('import_mappings').where({ kind, name }).del();
    await appendAudit(trx, [{ actor, action: 'import-mapping.deleted', subjectType: 'import-mapping', subjectId: `${kind}/${name}`, before: before.mapping }]);
    return true;
  });
}

function savedMapping(row: MappingRow): SavedMapping {
  return { kind: row.kind, name: row.name, mapping: parseMapping(row.document), updatedAt: row.updated_at };
}
