import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { checkPolicy, type PolicyChecks } from './checkPolicy';
import { type DocumentPath, pathText, type PolicyError, type Problem, Problems } from './problems';
import { readPolicy } from './readPolicy';
import { policyDocument } from './schema';
import { schemaProblems } from './schemaErrors';
import type { Policy } from './types';

export type { PolicyError } from './problems';
export type ParsedPolicy = { ok: true; policy: Policy } | { ok: false; errors: PolicyError[] };

/** A policy is some hundred lines; a text beyond this is not one. */
const textLengthMax = 100_000;
/** Nobody reads more at once, and each is looked up in the text. */
const errorsMax = 100;
/** Deeper than any condition that a person can follow; an alias that contains itself has no end. */
const depthMax = 50;

/**
 * Reads a policy document and checks all of it. JSON is read as the YAML that it is, so that errors carry line and column.
 * Never throws on a wrong document: `errors` says what is wrong, where, and what is allowed there.
 *
 *     const parsed = parsePolicy(await readFile('policies/reference.yaml', 'utf8'), 'yaml', { templates: ['due', 'overdue-7'] });
 */
export function parsePolicy(text: string, format: 'yaml' | 'json' = 'yaml', checks: PolicyChecks = {}): ParsedPolicy {
  if (text.length > textLengthMax) return { ok: false, errors: [{ path: '', message: `the document has ${text.length} characters; ${textLengthMax} is the limit` }] };
  const lines = new LineCounter();
  const document = parse(text, format, lines);
  if (document === null) return { ok: false, errors: [{ path: '', message: tooDeep }] };
  if (document.errors.length > 0) {
    return { ok: false, errors: document.errors.slice(0, errorsMax).map((error) => ({ path: '', message: error.message, ...place(lines, error.pos[0]) })) };
  }
  const twice = keysGivenTwice(document);
  if (twice.length > 0) return { ok: false, errors: twice.map((offset) => ({ path: '', message: 'Map keys must be unique', ...place(lines, offset) })) };
  const located = (problems: readonly Problem[]): ParsedPolicy => ({ ok: false, errors: problems.slice(0, errorsMax).map((problem) => locate(problem, document, lines)) });

  const content = contentOf(document);
  if ('wrong' in content) return { ok: false, errors: [{ path: '', message: content.wrong }] };
  const shape = policyDocument.safeParse(content.value, { reportInput: true });
  if (!shape.success) return located(schemaProblems(policyDocument, shape.error.issues));
  const problems = new Problems();
  const policy = readPolicy(shape.data, problems);
  checkPolicy(policy, checks, problems);
  return problems.found.length > 0 ? located(problems.found) : { ok: true, policy };
}

const tooDeep = `the document is nested more than ${depthMax} levels deep`;

/** Null when the text is nested so deeply that the reader runs out of stack. */
function parse(text: string, format: 'yaml' | 'json', lines: LineCounter): Document | null {
  try {
    return parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, schema: format === 'json' ? 'json' : 'core', prettyErrors: false, stringKeys: true, uniqueKeys: false });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Where a key stands that its map has already. The library compares every key with every other, which takes minutes for a hostile text. */
function keysGivenTwice(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value) && offsets.length < errorsMax) offsets.push(key.range?.[0] ?? 0);
        seen.add(key.value);
      }
    },
  });
  return offsets;
}

/** The document as plain values. A small text may stand for a huge one through its aliases; the library counts them. */
function contentOf(document: Document): { value: unknown } | { wrong: string } {
  try {
    const value: unknown = document.toJS();
    return isDeeperThan(value, depthMax) ? { wrong: tooDeep } : { value };
  } catch (error) {
    if (error instanceof ReferenceError) return { wrong: `an alias (*name) cannot be followed: ${error.message}` };
    if (error instanceof RangeError) return { wrong: tooDeep };
    throw error;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The deepest node on the path that the text has: a missing key is reported where it should be. */
function locate({ path, message, allowed }: Problem, document: Document, lines: LineCounter): PolicyError {
  let node: Node | null = isNode(document.contents) ? document.contents : null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === part) : undefined;
    const next: unknown = pair ? pair.value : isCollection(node) ? node.get(part, true) : null;
    const at = pair && isNode(pair.key) ? pair.key.range : isNode(next) ? next.range : undefined;
    if (!at) break;
    [offset] = at;
    node = isNode(next) ? next : null;
  }
  return { path: pathText(path satisfies DocumentPath), message, ...(allowed === undefined ? {} : { allowed }), ...place(lines, offset) };
}
