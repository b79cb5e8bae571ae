import { AssignTag, ForTag, IfTag, Output, TypeGuards, Value, type Template, type Token } from 'liquidjs';
import { suggestion } from '../../domain/policy/nearest';
import type { TemplateField } from '../../domain/templates/fields';

export interface FieldProblem {
  line: number;
  column: number;
  message: string;
}

/** A name that the template made: an entry of a list with the entry's fields, or something whose fields are not known beforehand. */
type Local = { items: readonly TemplateField[] } | 'anything';

interface Place {
  locals: ReadonlyMap<string, Local>;
  /** Fields that an `if` around this place has asked for. */
  guarded: ReadonlySet<string>;
}

/** Finds every field that a template uses and that is not in the catalogue, and every one that may be empty and is printed without a guard. */
export function fieldProblems(templates: readonly Template[], fields: readonly TemplateField[]): FieldProblem[] {
  const walker = new Walker(fields);
  walker.all(templates, { locals: new Map(), guarded: new Set() });
  return walker.problems;
}

class Walker {
  readonly problems: FieldProblem[] = [];
  private readonly byKey: ReadonlyMap<string, TemplateField>;

  constructor(private readonly fields: readonly TemplateField[]) {
    this.byKey = new Map(fields.map((field) => [keyOf(fieldSegments(field.name)), field]));
  }

  all(templates: readonly Template[], place: Place): void {
    let here = place;
    for (const template of templates) here = this.one(template, here);
  }

  /** Answers with the place after it: an assignment makes a name. */
  private one(template: Template, place: Place): Place {
    if (template instanceof Output) {
      const hasDefault = template.value.filters.some(({ name }) => name === 'default');
      for (const token of tokensOf(template.value)) this.use(token, place, !hasDefault);
      return place;
    }
    if (template instanceof IfTag) {
      const asked = new Set(place.guarded);
      for (const { value, templates } of template.branches) {
        const keys = tokensOf(value).map((token) => this.use(token, place, false));
        for (const key of keys) if (key !== null) asked.add(key);
        this.all(templates, { ...place, guarded: new Set(asked) });
      }
      this.all(template.elseTemplates ?? [], place);
      return place;
    }
    if (template instanceof ForTag) {
      const local = this.listItems(template, place);
      const locals = new Map(place.locals).set(template.variable, local).set('forloop', 'anything');
      this.all(template.templates, { ...place, locals });
      this.all(template.elseTemplates ?? [], place);
      return place;
    }
    for (const argument of template.arguments?.() ?? []) for (const token of tokensOf(argument)) this.use(token, place, false);
    if (template instanceof AssignTag) return { ...place, locals: new Map([...place.locals, ...[...template.localScope()].map((name) => [name.getText(), 'anything'] as const)]) };
    if (template.children) this.all(drained(template.children(false, true)), place);
    return place;
  }

  private listItems(template: ForTag, place: Place): Local {
    const token = template.collection as Token;
    if (!TypeGuards.isPropertyAccessToken(token)) return 'anything';
    const field = this.find(segmentsOf(token) ?? [], place);
    if (field === 'anything') return 'anything';
    if (field?.items) return { items: field.items };
    this.use(token, place, false);
    if (field) this.report(token, `"${token.getText()}" is no list to be looped over`);
    return 'anything';
  }

  /** Checks one use; its key, for guards. */
  private use(token: Token, place: Place, printed: boolean): string | null {
    if (!TypeGuards.isPropertyAccessToken(token)) return null;
    const segments = segmentsOf(token);
    if (!segments) {
      this.report(token, 'a field cannot be looked up by another field');
      return null;
    }
    const field = this.find(segments, place);
    if (field === undefined) {
      const name = segments.join('.');
      this.report(token, `there is no field "${name}"${suggestion(name, this.namesAt(segments, place))}`);
      return null;
    }
    const key = keyOf(segments);
    if (field === 'anything') return key;
    if (printed && field.optional && !place.guarded.has(key)) this.report(token, `"${segments.join('.')}" may have no value: put {% if ${token.getText()} %} around it, or give it a default: {{ ${token.getText()} | default: "…" }}`);
    if (printed && (field.type === 'list' || field.type === 'boolean')) this.report(token, `"${segments.join('.')}" cannot be printed: ${field.type === 'list' ? 'loop over it' : 'ask for it with {% if %}'}`);
    return key;
  }

  private find(segments: readonly string[], { locals }: Place): TemplateField | 'anything' | undefined {
    const [root, ...rest] = segments;
    const local = root === undefined ? undefined : locals.get(root);
    if (local === 'anything') return 'anything';
    if (local) return rest.length === 0 ? 'anything' : local.items.find((field) => keyOf(fieldSegments(field.name)) === keyOf(rest));
    if (segments.at(-1) === 'size' && this.byKey.get(keyOf(segments.slice(0, -1)))?.type === 'list') return 'anything';
    // A group as a whole, as in {% if customer.custom %}, says nothing: only fields are found.
    return this.byKey.get(keyOf(segments));
  }

  private namesAt([root]: readonly string[], { locals }: Place): string[] {
    const local = root === undefined ? undefined : locals.get(root);
    return local && local !== 'anything' ? local.items.map(({ name }) => `${root}.${name}`) : this.fields.map(({ name }) => name);
  }

  private report(token: Token, message: string): void {
    const [line = 1, column = 1] = token.getPosition();
    if (!this.problems.some((known) => known.line === line && known.message === message)) this.problems.push({ line, column, message });
  }
}

function drained(children: Generator<unknown, Template[]>): Template[] {
  const next = children.next();
  return next.done ? next.value : [];
}

function tokensOf(argument: unknown): Token[] {
  if (!(argument instanceof Value)) return [argument as Token];
  return [...argument.initial.postfix, ...argument.filters.flatMap(({ args }) => args.map((given) => (Array.isArray(given) ? given[1] : given) as Token).filter((token) => token !== undefined))];
}

function segmentsOf(token: Token): string[] | null {
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return null;
  const segments: string[] = [];
  for (const property of token.props) {
    if (TypeGuards.isPropertyAccessToken(property) || !('content' in property)) return null;
    segments.push(String(property.content));
  }
  return segments;
}

const keyOf = (segments: readonly string[]): string => segments.join('\u0000');

/** `customer.custom["PO number"]` as its parts. */
function fieldSegments(name: string): string[] {
  const custom = /^(.*?\.)?custom\[(["'])(.*)\2\]$/s.exec(name);
  return custom ? [...(custom[1] ?? '').split('.').filter((part) => part !== ''), 'custom', custom[3] ?? ''] : name.split('.');
}
