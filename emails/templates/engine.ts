import { filters as liquidFilters, Liquid, type Context, type Emitter, type FilterImplOptions, type Template } from 'liquidjs';
import { templateBounds } from '../../domain/templates/types';
import type { Locale } from '../locale';
import { oneLine } from '../safety';
import { TemplateError, type TemplatePlace } from './errors';
import { isOwnValue, localFilters, printed, renderings, type FilterHandler, type PrintedValue, type Rendering } from './filters';

export const allowedTags = ['if', 'unless', 'case', 'for', 'assign', 'break', 'continue', 'comment'] as const;
const plainFilters = ['upcase', 'downcase', 'capitalize', 'truncate', 'strip', 'replace', 'append', 'prepend', 'size', 'plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'ceil', 'floor', 'abs', 'at_least', 'at_most'] as const;
export const allowedFilters: readonly string[] = [...Object.keys(localFilters), ...plainFilters];

/** A value's place in the text that Markdown is read from: values never pass through Markdown, so nothing in them can be markup. */
export const valueMarks = /\uE000(\d+)\uE001/g;
const privateUse = /[\uE000-\uF8FF]/;

const engine = sandbox();

/** No files, no partials, no tags or filters but those allowed, no inherited property, and a bound on everything. */
function sandbox(): Liquid {
  const liquid = new Liquid({
    templates: {}, cache: false, strictFilters: true, strictVariables: true, lenientIf: true, ownPropertyOnly: true,
    outputEscape(this: { context: Context }, value: unknown) {
      return printed(this, value);
    },
    parseLimit: templateBounds.bodyChars * 2, memoryLimit: templateBounds.steps,
  });
  for (const tag of Object.keys(liquid.tags)) if (!allowedTags.some((allowed) => allowed === tag)) Reflect.deleteProperty(liquid.tags, tag);
  for (const filter of Object.keys(liquid.filters)) if (!allowedFilters.includes(filter)) Reflect.deleteProperty(liquid.filters, filter);
  // A name such as `constructor` must not be found on the prototype of the tables either.
  Object.setPrototypeOf(liquid.tags, null);
  Object.setPrototypeOf(liquid.filters, null);
  for (const name of plainFilters) liquid.registerFilter(name, plainOnly(liquid.filters[name]));
  for (const [name, filter] of Object.entries(localFilters)) liquid.registerFilter(name, filter);
  countSteps(liquid);
  return liquid;
}

/** liquidjs takes what is no number for 0: an amount or a date must not pass for one. */
function plainOnly(filter: FilterImplOptions | undefined): FilterHandler {
  if (typeof filter !== 'function') throw new Error('A filter of liquidjs has changed its form.');
  return function (this: ThisParameterType<FilterHandler>, value: unknown, ...given: unknown[]): unknown {
    if ([value, ...given].some(isOwnValue)) throw new Error('this filter is for texts and numbers: amounts and dates have "money" and "date"');
    return Reflect.apply(filter, this, [value, ...given]);
  };
}

/** Bounds by counting, not by the clock: a slow machine must not make a good template fail. */
function countSteps({ renderer }: Liquid): void {
  const renderTemplates = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = function* counted(templates: Template[], ctx: Context, emitter: Emitter = new BoundedOutput()): IterableIterator<unknown> {
    ctx.memoryLimit.use(templates.length + 1);
    return yield renderTemplates(templates, ctx, emitter);
  };
}

class BoundedOutput implements Emitter {
  buffer = '';

  write(text: unknown): void {
    this.buffer += String(text);
    if (this.buffer.length > templateBounds.markupChars) throw new Error(`the text grows beyond ${templateBounds.markupChars} characters`);
  }
}

/** The same few texts are rendered thousands of times. */
const parsed = new Map<string, Template[]>();
const parsedMax = 500;

/** A template that has been read. Throws TemplateError with the line for what is not Liquid, or not allowed. */
export function parseLiquid(source: string, part: TemplatePlace['part']): Template[] {
  if (privateUse.test(source)) throw new TemplateError('it holds characters of the private use area, which no font shows', { part, line: lineOf(source, source.search(privateUse)), column: null });
  const known = parsed.get(source);
  if (known) return known;
  const templates = guarded(part, () => engine.parse(withoutTagLines(source)));
  if (parsed.size >= parsedMax) parsed.clear();
  parsed.set(source, templates);
  return templates;
}

export interface Rendered {
  /** With marks where the values go. */
  markup: string;
  values: readonly PrintedValue[];
}

/** Renders the body: Markdown with marks in it, and the values that belong there. */
export function renderMarked(templates: Template[], part: TemplatePlace['part'], environment: object, locale: Locale): Rendered {
  const values: PrintedValue[] = [];
  return { markup: run(templates, part, environment, { locale, values }), values };
}

/** Renders a subject or a heading: one line of plain text. */
export function renderLine(templates: Template[], part: TemplatePlace['part'], environment: object, locale: Locale): string {
  return oneLine(run(templates, part, environment, { locale, values: null }));
}

function run(templates: Template[], part: TemplatePlace['part'], fields: object, rendering: Rendering): string {
  // Fresh for each rendering, and without a prototype: Liquid asks `in`.
  const environment: object = Object.assign(Object.create(null), fields);
  renderings.set(environment, rendering);
  return guarded(part, () => String(engine.renderSync(templates, environment)));
}

/**
 * A line of nothing but tags leaves no line behind, so that a loop may be written over several lines within a table. The line break moves into
 * the tag, where it means nothing: line numbers stay what they are.
 */
function withoutTagLines(source: string): string {
  return source.replace(/\r\n?/g, '\n').replace(/^[ \t]*((?:\{%(?:[^%]|%(?!\}))*%\}[ \t]*)+)\n/gm, (line: string, tags: string) => (tags.includes('\n') ? line : `${tags.trimEnd().slice(0, -2)}\n%}`));
}

function guarded<T>(part: TemplatePlace['part'], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError('it is nested too deeply', { part, line: null, column: null });
    if (!(error instanceof Error)) throw error;
    const token: unknown = 'token' in error ? error.token : null;
    throw new TemplateError(plainMessage(error), { part, ...positionOf(token) });
  }
}

function positionOf(token: unknown): { line: number | null; column: number | null } {
  if (token === null || typeof token !== 'object' || !('getPosition' in token) || typeof token.getPosition !== 'function') return { line: null, column: null };
  const [line, column] = token.getPosition() as [number, number];
  return { line, column };
}

/** liquidjs's message without its place, which is told apart. */
function plainMessage(error: Error): string {
  const original = 'originalError' in error && error.originalError instanceof Error ? error.originalError.message : error.message;
  return original.replace(/, line:\d+, col:\d+.*$/s, '').replace(/^memory alloc limit exceeded$/, `it takes more than ${templateBounds.steps} steps`).replace(/^parse length limit exceeded$/, 'it is too long');
}

export function lineOf(source: string, index: number): number | null {
  return index < 0 ? null : source.slice(0, index).split('\n').length;
}

// Held here so that a new version of liquidjs without one of them is found when the process starts, not in a customer's mail.
for (const name of plainFilters) if (!(name in liquidFilters)) throw new Error(`liquidjs has no filter "${name}" any more.`);
