import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { builtinTemplates } from '../../../domain/templates/builtin';
import { releasedTemplate } from '../../../domain/templates/builtin/released';
import { laterTemplates } from '../../../domain/templates/builtin/later';
import { noCustomFields } from '../../../domain/templates/fields';
import { chooseLanguage } from '../../../domain/templates/language';
import { templateBounds, type MessageTemplate, type TemplateKind } from '../../../domain/templates/types';
import { composeLetter } from '../../../emails/letter';
import { languages } from '../../../emails/locale';
import { renderMessage, TemplateError } from '../../../emails/render';
import { plainText } from '../../../emails/plainText';
import { sampleMessages } from '../../../emails/templates/samples';
import type { MessageInput } from '../../../emails/types';
import { invoice, message } from './messages';

const written = (body: string, kind: TemplateKind = 'customer'): MessageTemplate => ({
  name: 'mine',
  kind,
  version: 3,
  defaultLanguage: 'en',
  texts: {
    en: { subject: 'About {{ invoice_count }}', heading: 'Heading', body },
  },
});
const input = (body: string, over: Partial<Omit<MessageInput, 'template'>> = {}): MessageInput => message({ ...over, template: written(body) });
const textOf = async (body: string, over: Partial<Omit<MessageInput, 'template'>> = {}): Promise<string> =>
  (await renderMessage(input(body, over))).text.split('\n\n-- ')[0]!.replace(/[\u00a0\u202f]/g, ' ');
const htmlOf = async (body: string, over: Partial<Omit<MessageInput, 'template'>> = {}): Promise<string> => (await renderMessage(input(body, over))).html;

describe('what an editor writes', () => {
  test('bold, bullets, links, line breaks and a table looped over invoices, in both parts', async () => {
    const body = [
      'Dear {{ customer.name }},',
      '',
      '**{{ invoice.open }}** is *open*.',
      'Pay today.',
      '',
      '- one',
      '- two [here](https://pay.example/{{ invoice.number }})',
      '',
      '| Invoice | Open |',
      '|---|---:|',
      '{% for each in invoices %}',
      '| {{ each.number }} | {{ each.open }} |',
      '{% endfor %}',
      '',
      '{{ blocks.invoices }}',
    ].join('\n');
    const over = {
      invoices: [invoice({ number: 'A/1' }), invoice({ number: 'B|2', currency: 'JPY', openMinor: 500 })],
    };
    expect(await textOf(body, over)).toBe(
      [
        'Dear Ropes & Rigging,',
        '',
        '€1,000.00 is open.',
        'Pay today.',
        '',
        '- one',
        '- two here: https://pay.example/A%2F1',
        '',
        '  Invoice   Open',
        '  A/1       €1,000.00',
        '  B|2       ¥500',
        '',
        '  A/1   Wednesday, March 4, 2026   7 days overdue   €1,000.00',
        '  B|2   Wednesday, March 4, 2026   7 days overdue   ¥500',
        '  Total open: €1,000.00',
        '  Total open: ¥500',
      ].join('\n'),
    );
    const html = await htmlOf(body, over);
    for (const piece of [
      '<strong>€1,000.00</strong>',
      '<em>open</em>',
      '<li',
      'href="https://pay.example/A%2F1"',
      '<td style="font-size:14px;line-height:20px;padding:7px 12px 7px 0;border-bottom:1px solid #e5e7eb;vertical-align:top;overflow-wrap:anywhere;text-align:right">¥500</td>',
    ])
      expect(html).toContain(piece);
  });

  test.each([
    ['{{ invoice.open | date: "full" }}', 1],
    ['one\ntwo {{ customer.nmae }}', 2],
    ['{{ customer.tier }}', 1],
    ['x\n\n{% include "secret" %}', 3],
    ['{{ "x" | raw }}', 1],
    ['{% if %}', 1],
    ['{% for x in invoices %}', 1],
    ['a\n\n<script>alert(1)</script>', 3],
    ['a <img src=x onerror=y> b', 1],
    ['[x](javascript:alert(1))', 1],
    ['![x](https://track.example/a.gif)', 1],
    ['so {{ blocks.invoices }} it is', 1],
    ['{{ invoices }}', 1],
    ['{{ invoice.is_overdue }}', 1],
    ['{{ customer.name.constructor }}', 1],
    ['{{ customer.__proto__ }}', 1],
    ['{{ invoice.open.money }}', 1],
    ['{{ invoice.open | times: 2 }}', 1],
    ['{{ invoice.number | constructor }}', 1],
    ['{% constructor %}', 1],
    ['\uE0000\uE001', 1],
  ])('%j is refused, with its line', (body, line) => {
    let thrown: unknown;
    try {
      composeLetter(input(body));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TemplateError);
    expect((thrown as TemplateError).place).toMatchObject({
      part: 'body',
      line,
    });
    expect((thrown as TemplateError).message).toContain('"mine" (version 3, en)');
  });

  test.each([
    ['{% if invoice.open == 1000 %}yes{% endif %}', 'yes'],
    ['{% if invoice.open > 1000 %}more{% else %}not more{% endif %}', 'not more'],
    ['{% if invoice.open >= 1000 %}at least{% endif %}', 'at least'],
    ['{% if invoice.open < 1000.01 %}less{% endif %}', 'less'],
    ['{% if invoice.open == invoice.total %}a{% else %}b{% endif %}', 'b'],
    ['{{ customer.tier | default: "none" }}', 'none'],
    ['x{{ customer.tier | default: "" }}y', 'xy'],
    ['{{ invoice.due_on | date: "short" }}', '3/4/26'],
    ['{{ invoice.days_overdue | plural: "1 day", "# days" }}', '7 days'],
    ['{% if customer.custom.po %}{{ customer.custom.po }}{% else %}no order{% endif %}', 'no order'],
    ['{% unless customer.tier %}plain{% endunless %}', 'plain'],
    ['{% case customer.tier %}{% when "gold" %}g{% else %}other{% endcase %}', 'other'],
    ['{% assign who = customer.name | upcase %}{{ who }}', 'ROPES & RIGGING'],
  ])('%s says %j', async (body, said) => {
    expect(await textOf(body)).toBe(said);
  });

  test('a custom field is written as what it holds', async () => {
    const customer = {
      number: 'c-1',
      country: null,
      tier: null,
      businessUnit: null,
      termsDays: null,
      custom: { 'PO number': '*17*', since: '2024-02-29', seats: 1200.5 },
    };
    expect(await textOf('{{ customer.custom["PO number"] }} since {{ customer.custom.since }}, {{ customer.custom.seats }}', { customer })).toBe('*17* since February 29, 2024, 1,200.5');
  });

  test('languages: exact, then the language, then the default', () => {
    expect(chooseLanguage('de-AT', ['en', 'de', 'de-AT'], 'en')).toBe('de-AT');
    expect(chooseLanguage('de-CH', ['en', 'de-AT', 'de'], 'en')).toBe('de');
    expect(chooseLanguage('DE_de', ['en', 'de-AT'], 'en')).toBe('de-AT');
    expect(chooseLanguage('pt', ['en', 'de'], 'de')).toBe('de');
  });

  test("words in a language of its own are written with that language's dates, whoever reads them", async () => {
    const template: MessageTemplate = {
      ...written(''),
      texts: {
        en: { subject: 's', heading: 'h', body: '{{ invoice.due_on }}' },
        pt: { subject: 's', heading: 'h', body: '{{ invoice.due_on }}' },
      },
    };
    expect((await renderMessage(message({ template, language: 'pt-BR' }))).text).toContain('4 de março de 2026');
    expect((await renderMessage(message({ template, language: 'ja' }))).text).toContain('March 4, 2026');
  });
});

describe('hostile values', () => {
  const corpus = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '[pay](javascript:alert(1))',
    '![x](https://evil.example/t.gif)',
    '**bold**',
    '| a | b |\n|---|---|\n| c | d |',
    '</td></table><h1>',
    '{{ customer.name }}',
    '{% include "x" %}',
    '\uE0000\uE001',
    '\uE0001\uE001 \uE00099\uE001',
    '&lt;script&gt;',
    '<svg/onload=alert(1)>',
    'https://evil.example/',
    'a@evil.example',
    '`code`',
    '# heading',
    '- item',
    '\u202egnp.exe',
    '<!--',
    ']]>',
    '${7*7}',
    '<a href="https://evil.example">x</a>',
  ];

  test.each(corpus)('%j is shown as it is, in every place where a value can stand', async (value) => {
    const body =
      '{{ customer.name }}\n\n- {{ customer.name }}\n\n**{{ customer.name }}** [{{ customer.name }}](https://x.example/?q={{ customer.name }})\n\n|a|\n|---|\n|{{ customer.name }}|\n\n> {{ customer.name }}\n\n## {{ customer.name }}';
    const { html, text } = await renderMessage(input(body, { customerName: value }));
    expect(html).not.toMatch(/<(script|img|svg|iframe|object|form|h1>)/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]).every((href) => href!.startsWith('https://x.example/?q='))).toBe(true);
    const shown = value
      .replace(/[\n\u202e]/g, ' ')
      .replace(/ +/g, ' ')
      .trim();
    expect(text).toContain(shown);
    expect(text.split(shown).length).toBeGreaterThanOrEqual(7);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', ' JAVASCRIPT:alert(1)', 'https://u:p@evil.example', 'mailto:a@b.example?bcc=all@b.example'])(
    'a whole address that is a value, %j, is no link',
    (value) => {
      expect(() => composeLetter(input('[x]({{ customer.name }})', { customerName: value }))).toThrow(TemplateError);
    },
  );
});

describe('bounds', () => {
  const refusedOrBounded = (body: string, over: Partial<Omit<MessageInput, 'template'>> = {}): void => {
    try {
      const { body: blocks } = composeLetter(input(body, over));
      expect(JSON.stringify(blocks).length).toBeLessThan(10_000_000);
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
    }
  };

  test.each([
    '{% for a in (1..1000000000) %}x{% endfor %}',
    '{% for a in (1..3000) %}{% for b in (1..3000) %}{% endfor %}{% endfor %}',
    '{% assign s = "xxxxxxxxxx" %}{% for a in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
    `{% for a in (1..9000) %}${'y'.repeat(10_000)}{% endfor %}`,
    '{% if true %}'.repeat(1_500),
    '> '.repeat(9_000),
    '{% for a in (1..9000) %}>{% endfor %} x',
    '- '.repeat(9_000),
    '[a]('.repeat(4_000),
    '*a **'.repeat(3_000),
    '`'.repeat(19_000),
    '[[['.repeat(6_000),
    '|'.repeat(19_000),
    '<'.repeat(19_000),
    '{{'.repeat(9_000),
    '{% for a in (1..9000) %}*_[{% endfor %}',
    '![](',
    `{% assign n = 2 %}{% for a in (1..40) %}{% assign n = n | times: n %}{% endfor %}{{ n }}`,
    '\\'.repeat(19_000),
    `${'a'.repeat(9_000)}@${'b.'.repeat(4_000)}`,
  ])('%.60s… is refused, or is done with soon', (body) => {
    refusedOrBounded(body.slice(0, templateBounds.bodyChars));
  });

  test('any text at all is refused or rendered within bounds', () => {
    const piece = fc.constantFrom(
      '{{ customer.name }}',
      '{{ invoice.open }}',
      '{% for i in invoices %}',
      '{% endfor %}',
      '{% if invoice.open > 5 %}',
      '{% else %}',
      '{% endif %}',
      '{{',
      '}}',
      '{%',
      '%}',
      '**',
      '*',
      '_',
      '[',
      '](',
      ')',
      'https://x.example',
      'javascript:',
      '<',
      '>',
      '<b>',
      '|',
      '|---|',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '# ',
      '> ',
      '    ',
      '`',
      '```',
      '\\',
      '&amp;',
      '{{ blocks.invoices }}',
      '{{ i.number }}',
      '{% assign x = invoice %}',
      '{{ x.open | money }}',
      'mailto:a@b.example',
      '---',
      '~~',
      '![',
      '{% comment %}',
      '{% endcomment %}',
      '{% raw %}',
      '{{ constructor }}',
      '{{ "a" | append: "b" }}',
    );
    const text = fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: piece },
          {
            weight: 1,
            arbitrary: fc.string({ unit: 'binary', maxLength: 12 }),
          },
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.string({ unit: 'binary', maxLength: 40 }), (body, customerName) => refusedOrBounded(body, { customerName })),
      { numRuns: 400 },
    );
  });

  test('nothing leaks into the prototypes of the process', () => {
    for (const body of [
      '{% assign __proto__ = "x" %}{{ __proto__ }}',
      '{% assign constructor = "x" %}',
      '{% for __proto__ in invoices %}{% endfor %}',
      '{% assign toString = customer.custom.__proto__ %}',
    ])
      refusedOrBounded(body, {
        customer: {
          number: null,
          country: null,
          tier: null,
          businessUnit: null,
          termsDays: null,
          custom: JSON.parse('{"__proto__": "polluted"}') as Record<string, string>,
        },
      });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('built-in templates', () => {
  const content = {
    segment: { name: 'Big' },
    statement: {
      from: '2026-02-01',
      to: '2026-02-28',
      opening: [],
      closing: [{ amountMinor: 5, currency: 'EUR' }],
      entries: [
        {
          date: '2026-02-02',
          kind: 'invoice' as const,
          reference: '<1>',
          amount: { amountMinor: 5, currency: 'EUR' },
          balance: { amountMinor: 5, currency: 'EUR' },
        },
      ],
      items: [],
      aging: [],
      unapplied: [],
    },
  };
  const invoices = fc.array(
    fc
      .record({
        number: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[{}\uE000-\uF8FF]/.test(text)),
        dueIn: fc.integer({ min: -400, max: 60 }),
        currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
        openMinor: fc.nat({ max: 10_000_000 }),
      })
      .map(({ number, dueIn, currency, openMinor }) =>
        invoice({
          number,
          currency,
          openMinor,
          totalMinor: openMinor + 5,
          dueOn: new Date(Date.UTC(2026, 2, 11 + dueIn)).toISOString().slice(0, 10),
        }),
      ),
    { minLength: 1, maxLength: 8 },
  );

  test.each(builtinTemplates.flatMap((template) => languages.map((language) => [template.name, language, template] as const)))(
    '%s in %s has no unresolved field, whatever the invoices',
    (_, language, template) => {
      fc.assert(
        fc.property(invoices, fc.boolean(), (each, withSender) => {
          const letter = composeLetter(
            message({
              template,
              language,
              ...content,
              invoices: each,
              ...(withSender
                ? {}
                : {
                    sender: {
                      name: 'S',
                      addressLines: [],
                      replyTo: null,
                      phone: null,
                      paymentMethods: [],
                    },
                  }),
            }),
          );
          const said = [letter.subject, letter.heading, plainText(letter)].join('\n');
          expect(said).not.toMatch(/\{\{|\{%|\}\}|undefined|NaN|\[object|[\uE000-\uF8FF]/);
          expect(letter.subject).not.toBe('');
          expect(letter.heading).not.toBe('');
        }),
        { numRuns: 25 },
      );
    },
  );

  test('they are what migration 0050 stored: a released migration never changes', () => {
    expect(createHash('sha256').update(JSON.stringify(builtinTemplates)).digest('hex')).toBe('58781aee484f7488b3cdb012e3120968219d7493176ad39aca6b5a7c14d79f26');
    expect(createHash('sha256').update(JSON.stringify(releasedTemplate)).digest('hex')).toBe('73e88172c83326020961d3f39f397cb8d7a00fdeb4668ade3b3c80354a8a689f');
  });

  test('the later ones are what migration 0152 stored', () => {
    expect(createHash('sha256').update(JSON.stringify(laterTemplates)).digest('hex')).toBe('85bd4554ffa74f79b0753d91d268e6333ae833b5238c1b0d6350c4ade38cc21f');
  });

  test.each(laterTemplates.flatMap((template) => languages.map((language) => [template.name, language, template] as const)))('%s in %s is whole with everything and with nothing', (_, language, template) => {
    expect(Object.keys(template.texts).sort()).toEqual([...languages].sort());
    for (const sample of sampleMessages(template, language, noCustomFields)) {
      const letter = composeLetter(sample);
      const said = [letter.subject, letter.heading, plainText(letter)].join('\n');
      expect(said).not.toMatch(/\{\{|\{%|\}\}|undefined|NaN|\[object|[\uE000-\uF8FF]/);
      if (template.kind === 'campaign' && sample.campaign?.offer) expect(said).toContain(sample.campaign.offer);
      if (template.kind === 'internal') expect(said).toContain('A promise was broken');
    }
  });
});
