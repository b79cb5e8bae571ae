import { z } from 'zod';
import { formatMoney, isCurrency } from '../../domain/money/money';

/** Spreadsheets take a file for UTF-8 only when it begins with this. */
export const byteOrderMark = '\uFEFF';
const lineEnd = '\r\n';

/**
 * A text that begins with one of these would be run as a formula by a spreadsheet, whoever wrote it: an apostrophe before it makes it text again.
 * The wide forms are what East Asian keyboards type, and some spreadsheets take them for the same; blanks before it, and what is not seen at all, some leave out on reading. Numbers are typed, and stay as
 * they are.
 */
const runsAsFormula = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/**
 * The same behind what a spreadsheet may take for the end of a cell: where lists are separated by semicolons, as in Germany or France, it reads a file with commas by those, knows no quote in the
 * middle of its cell, and begins a cell behind each semicolon, and a row behind each line break.
 */
const runsAsNextCell = /([;\t\r\n][\p{Cc}\p{Cf}"]*)(?=[=+\-@＝＋－＠])/gu;

/** One cell (RFC 4180): numbers bare, texts made harmless and quoted where they must be. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = String(value);
  const harmless = (runsAsFormula.test(text) ? `'${text}` : text).replace(runsAsNextCell, "$1'");
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const csvLine = (cells: readonly string[]): string => cells.join(',') + lineEnd;

type Values = Readonly<Record<string, unknown>>;
export interface CsvColumn {
  heading: string;
  /** The finished cell. */
  cell: (row: Values) => string;
}

/**
 * The columns of a list, from the schema of its rows: objects in a row become columns of their own, amounts in minor units become decimals of their currency
 * beside them, lists of texts are joined. Of lists of objects only `expanded` is given, one line for each of its objects: expand the rows first.
 */
export function csvColumns(schema: z.ZodObject, expanded: string | null = null): CsvColumn[] {
  return columnsOf(schema, expanded, '', 0, (row) => row);
}

/** How deep objects become columns; what is deeper, as a condition in an automation, is one cell of JSON. */
const depthMax = 1;

function columnsOf(schema: z.ZodObject, expanded: string | null, prefix: string, depth: number, pick: (row: Values) => Values | null): CsvColumn[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]): CsvColumn[] => {
    const inner = bare(field);
    const part = (row: Values): Values | null => (pick(row)?.[name] ?? null) as Values | null;
    if (inner instanceof z.ZodObject && depth < depthMax) return columnsOf(inner, null, `${prefix}${name}.`, depth + 1, part);
    if (inner instanceof z.ZodArray && bare(inner.element as z.ZodType) instanceof z.ZodObject) {
      return name === expanded ? columnsOf(bare(inner.element as z.ZodType) as z.ZodObject, null, `${prefix}${name}.`, depth + 1, part) : [];
    }
    if (name.endsWith('Minor')) {
      const heading = prefix + name.slice(0, -'Minor'.length);
      return [{ heading, cell: (row) => amount(pick(row)?.[name], pick(row)?.['currency']) }];
    }
    return [{ heading: prefix + name, cell: (row) => csvCell(plain(pick(row)?.[name])) }];
  });
}

/** A row for each object in a list of the row's, or the row alone when that is empty. */
export function expandRow(row: Values, name: string | null): Values[] {
  const many = name === null ? null : (row[name] as readonly unknown[]);
  return many && many.length > 0 ? many.map((one) => ({ ...row, [name as string]: one })) : [name === null ? row : { ...row, [name]: null }];
}

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault ? bare(schema.unwrap() as z.ZodType) : schema;
}

function amount(minor: unknown, currency: unknown): string {
  if (typeof minor !== 'number') return '';
  return typeof currency === 'string' && isCurrency(currency) ? formatMoney(minor, currency) : String(minor);
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join('; ');
  return JSON.stringify(value);
}
