import { z } from 'zod';
import { suggestion } from './nearest';
import { type DocumentPath, type Problem, shown } from './problems';
import { allowedValues, currencyCode } from './schema';

type Issue = z.core.$ZodIssue;

/** Turns what zod found into problems in the words of the document: what is wrong, and what may stand there. */
export function schemaProblems(schema: z.ZodType, issues: readonly Issue[]): Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(schema, issue, []));
  // That an object is not what it should be follows from what is wrong inside it, and would only be said twice.
  return problems.filter((problem) => !(problem.general && problems.some((other) => other !== problem && isInside(other.path, problem.path))));
}

interface SchemaProblem extends Problem {
  /** About how the keys of an object go together. */
  general?: boolean;
}

function isInside(inner: DocumentPath, outer: DocumentPath): boolean {
  return inner.length > outer.length && outer.every((part, index) => inner[index] === part);
}

function problemsOf(root: z.ZodType, issue: Issue, prefix: DocumentPath): SchemaProblem[] {
  const path = [...prefix, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(root, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key "${key}"${suggestion(key, keys)}`,
      allowed: keys.join(', '),
    }));
  }
  const allowed = allowedAt(root, path);
  if (issue.code === 'invalid_union') {
    // An object that is nearly right is told what is wrong inside it, rather than that it is none of the choices.
    const near = issue.errors.find((errors) => errors.length > 0 && errors.every((error) => error.path.length > 0 || error.code === 'unrecognized_keys'));
    if (near) return near.flatMap((error) => problemsOf(root, error, path));
  }
  if (issue.code === 'custom') return [{ path, message: issue.message, allowed, general: true }];
  if (issue.code === 'invalid_key') return [{ path, message: `${shown(path.at(-1))} is not ${currencyCode}`, allowed: currencyCode }];
  if (issue.input === undefined) return [{ path, message: 'is missing', allowed }];
  return [{ path, message: allowed ? `${shown(issue.input)} is not ${allowed}` : issue.message, allowed }];
}

/** The schemas that may apply at a path: more than one where the document has a choice. */
function schemasAt(root: z.ZodType, path: DocumentPath): z.core.$ZodType[] {
  let schemas: z.core.$ZodType[] = [root];
  for (const part of path) {
    schemas = schemas.flatMap(unwrapped).flatMap((schema) => {
      if (schema instanceof z.ZodObject) {
        const inner: unknown = Object.hasOwn(schema.shape, part) ? schema.shape[part] : undefined;
        return inner instanceof z.ZodType ? [inner] : [];
      }
      if (schema instanceof z.ZodArray) return [schema.element];
      if (schema instanceof z.ZodRecord) return [schema.valueType];
      return [];
    });
  }
  return schemas.map(peeled);
}

function peeled(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? peeled(schema.unwrap()) : schema;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType[] {
  const inner = peeled(schema);
  return inner instanceof z.ZodUnion ? inner.options.flatMap(unwrapped) : [inner];
}

function keysAt(root: z.ZodType, path: DocumentPath): string[] {
  const objects = schemasAt(root, path).flatMap(unwrapped).filter((schema) => schema instanceof z.ZodObject);
  return [...new Set(objects.flatMap((schema) => Object.keys(schema.shape)))];
}

function allowedAt(root: z.ZodType, path: DocumentPath): string | undefined {
  for (const schema of schemasAt(root, path)) {
    const allowed = allowedValues.get(schema)?.allowed;
    if (allowed) return allowed;
    if (schema instanceof z.ZodBoolean) return 'true or false';
    if (schema instanceof z.ZodObject) return `an object with the keys ${Object.keys(schema.shape).join(', ')}`;
  }
  return undefined;
}
