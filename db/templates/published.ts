import type { Knex } from 'knex';
import type { PolicyChecks } from '../../domain/policy/checkPolicy';
import { templateNamesFor, type MessageTemplate, type TemplateKind } from '../../domain/templates/types';

/**
 * The current version of each template that is asked for, by the name that it was asked for with (`overdue-7` finds `overdue` where there is no
 * template of just that name). A name that is not in the answer means no published template.
 */
export async function publishedTemplates(db: Knex, asked: readonly string[]): Promise<Map<string, MessageTemplate>> {
  const wanted = [...new Set(asked)];
  const { rows } = await db.raw<{ rows: MessageTemplate[] }>(
    `SELECT t.name, t.kind, v.version, v.default_language AS "defaultLanguage", v.texts
     FROM templates t JOIN template_versions v ON v.template_id = t.id AND v.version = t.current_version WHERE t.name = ANY (?)`,
    [[...new Set(wanted.flatMap(templateNamesFor))]],
  );
  const byName = new Map(rows.map((row) => [row.name, row]));
  return new Map(wanted.flatMap((name) => {
    const found = templateNamesFor(name).map((candidate) => byName.get(candidate)).find((template) => template !== undefined);
    return found ? [[name, found] as const] : [];
  }));
}

/** The kinds that a step of a ladder can send: the others need what a ladder does not know. */
const ladderKinds: readonly TemplateKind[] = ['customer', 'invoice-delivery'];

/** What a policy's emails may name, from the templates that are published now. */
export async function policyTemplateChecks(db: Knex): Promise<Required<Pick<PolicyChecks, 'templates' | 'isTemplate' | 'internalTemplates'>>> {
  const { rows } = await db.raw<{ rows: { name: string; kind: TemplateKind }[] }>('SELECT name, kind FROM templates WHERE current_version IS NOT NULL ORDER BY name');
  const names = rows.filter(({ kind }) => ladderKinds.includes(kind)).map(({ name }) => name);
  const known = new Set<string>(names);
  return { templates: names, internalTemplates: rows.filter(({ kind }) => kind === 'internal').map(({ name }) => name), isTemplate: (asked) => templateNamesFor(asked).some((name) => known.has(name)) };
}
