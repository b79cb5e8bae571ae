import type { MessageTemplate, TemplateKind } from '../types';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import type { BuiltinWords } from './letter';

type BuiltinName = keyof BuiltinWords;

export interface BuiltinTemplate extends MessageTemplate {
  title: string;
}

const about: Readonly<Record<BuiltinName, { title: string; kind: TemplateKind }>> = {
  delivery: { title: 'Invoice delivery', kind: 'invoice-delivery' },
  due: { title: 'Due reminder', kind: 'customer' },
  overdue: { title: 'Overdue reminder', kind: 'customer' },
  'hold-notice': { title: 'Hold notice', kind: 'customer' },
  released: { title: 'The hold is over', kind: 'customer' },
  'account-summary': { title: 'Account summary', kind: 'segment' },
  statement: { title: 'Statement of account', kind: 'statement' },
};

/**
 * The templates that every deployment begins with: migration 0050 stores them as version 1, in their languages. A released migration never changes, so
 * neither do these words: better ones are published as a new version, by a migration of their own.
 */
export const builtinTemplates: readonly BuiltinTemplate[] = (Object.keys(about) as BuiltinName[]).map((name) => ({
  name, ...about[name], version: 1, defaultLanguage: 'en', texts: { en: en[name], de: de[name], fr: fr[name], es: es[name] },
}));

export const builtinTemplateNames: readonly string[] = builtinTemplates.map(({ name }) => name);

/** The built-in template that a policy means by a name, or null: for checking a policy where there is no database. */
export function builtinTemplate(asked: string): BuiltinTemplate | null {
  return builtinTemplates.find(({ name }) => name === asked || (name === 'overdue' && /^overdue-\d+$/.test(asked))) ?? null;
}
