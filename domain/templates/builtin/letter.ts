import type { TemplateText } from '../types';

/** The words of every built-in template in one language. */
export interface BuiltinWords {
  delivery: TemplateText;
  due: TemplateText;
  overdue: TemplateText;
  'hold-notice': TemplateText;
  released: TemplateText;
  'account-summary': TemplateText;
  statement: TemplateText;
}

/** What begins and ends every letter in a language. */
export interface Manners {
  greeting: string;
  questions: string;
  regards: string;
}

export interface LetterParts {
  opening: string;
  closing?: string;
  /** Whether the ways to pay are printed. Left out: they are. */
  payment?: false;
  /** In place of the table of invoices. */
  table?: string;
}

/** Puts the paragraphs of a letter together, as an editor would type them. */
export function letterBody({ greeting, questions, regards }: Manners, { opening, closing, payment, table }: LetterParts): string {
  return `${[
    greeting,
    opening,
    table ?? '{{ blocks.invoices }}',
    ...(payment === false ? [] : ['{{ blocks.payment }}']),
    ...(closing ? [closing] : []),
    `{% if sender.contact %}\n${questions}\n{% endif %}`,
    `${regards}\n{{ sender.name }}`,
  ].join('\n\n')}\n`;
}

/** One text for one invoice, another for several. */
export function byCount(one: string, many: string): string {
  return `{% if invoice_count == 1 %}${one}{% else %}${many}{% endif %}`;
}

/** The same for paragraphs, with the tags on lines of their own. */
export function paragraphsByCount(one: string, many: string): string {
  return `{% if invoice_count == 1 %}\n${one}\n{% else %}\n${many}\n{% endif %}`;
}

/** A reminder of an invoice that is not overdue after all (a person sent it early) does not say that it is. */
export function inTime(overdue: TemplateText, due: TemplateText): TemplateText {
  const choose = (late: string, early: string, newline: string): string => `{% if invoice.days_overdue > 0 %}${newline}${late}${newline}{% else %}${newline}${early}${newline}{% endif %}`;
  return {
    subject: choose(overdue.subject, due.subject, ''),
    heading: choose(overdue.heading, due.heading, ''),
    body: `${choose(overdue.body.trimEnd(), due.body.trimEnd(), '\n')}\n`,
  };
}

/** The entries of a statement as a table; the headings come translated. */
export function entriesTable(headings: { date: string; text: string; amount: string; balance: string }): string {
  return [
    '{% if statement.entries.size > 0 %}',
    `| ${headings.date} | ${headings.text} | ${headings.amount} | ${headings.balance} |`,
    '|---|---|---:|---:|',
    '{% for entry in statement.entries %}',
    '| {{ entry.date }} | {{ entry.text }} | {{ entry.amount }} | {{ entry.balance }} |',
    '{% endfor %}',
    '{% endif %}',
  ].join('\n');
}
