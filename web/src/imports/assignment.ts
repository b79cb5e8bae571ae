import type { ImportMapping } from './queries';

/** Where a field's value comes from. */
export type Assignment = { kind: 'none' } | { kind: 'column'; column: string } | { kind: 'constant'; value: string };

export function constantOf(mapping: ImportMapping, field: string): string | null {
  return mapping.constants?.[field] ?? null;
}

/** The column that a field is read from: as chosen, or the one that carries the field's own name. */
export function columnOf(mapping: ImportMapping, columns: readonly string[], field: string): string | null {
  return mapping.columns?.[field] ?? (columns.includes(field) ? field : null);
}

/** The mapping with one field's source changed. */
export function assign(mapping: ImportMapping, field: string, assignment: Assignment): ImportMapping {
  const { [field]: _column, ...columns } = mapping.columns ?? {};
  const { [field]: _constant, ...constants } = mapping.constants ?? {};
  switch (assignment.kind) {
    case 'none': return { ...mapping, columns, constants };
    case 'column': return { ...mapping, columns: { ...columns, [field]: assignment.column }, constants, ignore: (mapping.ignore ?? []).filter((column) => column !== assignment.column) };
    case 'constant': return { ...mapping, columns, constants: { ...constants, [field]: assignment.value } };
  }
}

/** Columns that no field reads: they become custom fields, unless they are left out. */
export function leftoverColumns(mapping: ImportMapping, columns: readonly string[], fields: readonly string[]): string[] {
  const read = new Set(fields.map((field) => columnOf(mapping, columns, field)));
  return columns.filter((column) => !read.has(column) && !fields.includes(column));
}
