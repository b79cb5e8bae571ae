/** What a template is for; it decides which fields there are. */
export const templateKinds = ['customer', 'invoice-delivery', 'statement', 'segment', 'campaign', 'internal'] as const;
export type TemplateKind = (typeof templateKinds)[number];

/** The words of a template in one language: Liquid throughout, and Markdown in the body. */
export interface TemplateText {
  subject: string;
  heading: string;
  body: string;
}

/** A published version: it never changes. */
export interface MessageTemplate {
  name: string;
  kind: TemplateKind;
  version: number;
  /** Written in when there are no words in the customer's language. */
  defaultLanguage: string;
  /** By BCP 47 tag; the default language is among them. */
  texts: Readonly<Record<string, TemplateText>>;
}

/** Lower-case words joined by hyphens, as policies name templates. */
export const templateNamePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const templateNameCharsMax = 60;

/** What a template may cost. Every bound is far above what a letter needs, and low enough that no text of a template can hold a worker up. */
export const templateBounds = {
  subjectChars: 1_000,
  headingChars: 1_000,
  bodyChars: 20_000,
  languages: 40,
  /** Values printed, tags followed and list entries gone through in one rendering. */
  steps: 100_000,
  /** Characters of Markdown after Liquid, before values are put in. */
  markupChars: 150_000,
  /** Lists in lists, quotes in quotes. */
  depth: 8,
} as const;

const overdueName = /^overdue-\d+$/;

/**
 * The names under which a template that a policy asks for is looked up, the first that exists wins. A ladder names its reminders after their
 * day (`overdue-7`, `overdue-30`); without a template of just that name they are `overdue`, which says how late each invoice really is.
 */
export function templateNamesFor(asked: string): string[] {
  return overdueName.test(asked) ? [asked, 'overdue'] : [asked];
}
