import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { templateBounds } from '../../domain/templates/types';
import { linkUrl } from '../safety';
import type { Block, Inline } from './blocks';
import { lineOf, valueMarks, type Rendered } from './engine';
import { TemplateError } from './errors';
import type { PrintedValue } from './filters';

/**
 * Reads Markdown with marks in it, and puts the values where the marks are. HTML is refused rather than passed on, links are checked after their
 * values are in, and values are only ever text: there is no way from a template or a value to markup of another kind.
 * Throws TemplateError with the line where it can be told.
 */
export function readMarkup({ markup, values }: Rendered, source: string): Block[] {
  return new MarkupReader(values, source).blocks(lex(markup), 0);
}

/**
 * In one run of text marked's time grows with the cube of the brackets and the square of the stars in it. These bounds hold it to milliseconds (measured:
 * 50 nested brackets 1 ms, 4,000 more than a minute), and no letter comes near them.
 */
const bracketsMax = 60;
const starsMax = 100;

class BoundedLexer extends Lexer {
  override inlineTokens(text: string, tokens: Token[] = []): Token[] {
    if (count(text, /\[/g) > bracketsMax) throw new TemplateError(`more than ${bracketsMax} brackets stand in one paragraph: part it with an empty line`, { part: 'body', line: null, column: null });
    if (count(text, /[*_]/g) > starsMax) throw new TemplateError(`more than ${starsMax} stars or underscores stand in one paragraph: part it with an empty line`, { part: 'body', line: null, column: null });
    return super.inlineTokens(text, tokens);
  }
}

function count(text: string, of: RegExp): number {
  return text.match(of)?.length ?? 0;
}

function lex(markup: string): Token[] {
  try {
    return new BoundedLexer({ gfm: true, breaks: true }).lex(markup);
  } catch (error) {
    // The lexer calls itself for every level of lists and quotes.
    if (error instanceof RangeError) throw new TemplateError('it is nested too deeply', { part: 'body', line: null, column: null });
    throw error;
  }
}

class MarkupReader {
  constructor(private readonly values: readonly PrintedValue[], private readonly source: string) {}

  blocks(tokens: readonly Token[], depth: number): Block[] {
    if (depth > templateBounds.depth) throw this.error('lists and quotes are nested too deeply', '');
    return tokens.flatMap((token) => this.block(token as MarkedToken, depth));
  }

  private block(token: MarkedToken, depth: number): Block[] {
    switch (token.type) {
      case 'space':
      case 'def':
        return [];
      case 'paragraph':
        return this.paragraph(token, token.tokens);
      case 'text':
        return this.paragraph(token, token.tokens ?? [token]);
      case 'heading':
        return [{ kind: 'heading', level: token.depth <= 2 ? 2 : 3, inlines: this.inlines(token.tokens, depth) }];
      case 'list':
        return [{ kind: 'list', start: token.ordered ? Number(token.start) || 1 : null, items: token.items.map((item) => this.blocks(item.tokens, depth + 1)) }];
      case 'blockquote':
        return [{ kind: 'quote', blocks: this.blocks(token.tokens, depth + 1) }];
      case 'table':
        return [this.table(token, depth)];
      case 'hr':
        return [{ kind: 'rule' }];
      case 'code':
        return [{ kind: 'paragraph', inlines: this.text(token.text, token.raw) }];
      case 'html':
        throw this.htmlError(token.raw);
      default:
        throw this.error(`"${token.type}" cannot stand here`, token.raw);
    }
  }

  private paragraph(token: { raw: string }, tokens: readonly Token[]): Block[] {
    const alone = /^\s*\uE000(\d+)\uE001\s*$/.exec(token.raw);
    const value = alone ? this.values[Number(alone[1])] : undefined;
    if (value?.kind === 'block') return [{ kind: 'frame', block: value.block }];
    const inlines = this.inlines(tokens, 0);
    return inlines.length > 0 ? [{ kind: 'paragraph', inlines }] : [];
  }

  private table(token: Tokens.Table, depth: number): Block {
    return {
      kind: 'table', align: token.align.map((align) => align ?? 'left'),
      head: token.header.map((cell) => this.inlines(cell.tokens, depth)), rows: token.rows.map((row) => row.map((cell) => this.inlines(cell.tokens, depth))),
    };
  }

  private inlines(tokens: readonly Token[], depth: number): Inline[] {
    if (depth > templateBounds.depth * 2) throw this.error('it is nested too deeply', '');
    return tokens.flatMap((token) => this.inline(token as MarkedToken, depth));
  }

  private inline(token: MarkedToken, depth: number): Inline[] {
    switch (token.type) {
      case 'text':
        return token.tokens ? this.inlines(token.tokens, depth + 1) : this.text(token.text, token.raw);
      case 'escape':
      case 'codespan':
        return this.text(token.text, token.raw);
      case 'strong':
      case 'em':
        return [{ kind: token.type, inlines: this.inlines(token.tokens, depth + 1) }];
      case 'del':
        return this.inlines(token.tokens, depth + 1);
      case 'br':
        return [{ kind: 'break' }];
      case 'link':
        return [{ kind: 'link', url: this.url(token), inlines: this.inlines(token.tokens, depth + 1) }];
      case 'image':
        throw this.error('images are not taken: a mail loads nothing from elsewhere', token.raw);
      case 'html':
        throw this.htmlError(token.raw);
      default:
        throw this.error(`"${token.type}" cannot stand within a line`, token.raw);
    }
  }

  private text(text: string, raw: string): Inline[] {
    const filled = this.fill(text, raw, (value) => value);
    return filled === '' ? [] : [{ kind: 'text', text: filled }];
  }

  private url(token: Tokens.Link): string {
    // A whole address may be a value; a value within an address is a part of it and never more.
    const isWhole = /^\uE000\d+\uE001$/.test(token.href);
    const given = this.fill(token.href, token.raw, isWhole ? (value) => value : encodeURIComponent);
    const url = linkUrl(given);
    if (url === null) throw this.error(`"${given.slice(0, 80)}" is no address for a link: it begins with https://, http:// or mailto:`, token.raw);
    return url;
  }

  private fill(text: string, raw: string, as: (value: string) => string): string {
    return text.replace(valueMarks, (_, index: string) => {
      const value = this.values[Number(index)];
      if (value?.kind === 'text') return as(value.text);
      throw this.error(value ? `{{ blocks.${value.block} }} stands in a paragraph of its own` : 'a value was lost', raw);
    });
  }

  private htmlError(raw: string): TemplateError {
    return this.error('HTML is not taken. Write **bold**, - for bullets, [text](https://…) for a link, | for tables, or \\< for the sign itself', raw);
  }

  /** The place is looked for in the source by the first of the text that no value has part in. */
  private error(message: string, raw: string): TemplateError {
    const piece = raw.split(/\uE000\d+\uE001/).map((part) => part.split('\n').find((line) => line.trim().length > 1) ?? '').sort((a, b) => b.length - a.length)[0] ?? '';
    return new TemplateError(message, { part: 'body', line: piece === '' ? null : lineOf(this.source, this.source.indexOf(piece)), column: null });
  }
}
