import { builtinTemplates } from '../../../domain/templates/builtin';
import { laterTemplates } from '../../../domain/templates/builtin/later';
import { releasedTemplate } from '../../../domain/templates/builtin/released';
import { templateFields, type CustomFieldTypes } from '../../../domain/templates/fields';
import { templateKinds, type MessageTemplate, type TemplateKind } from '../../../domain/templates/types';
import { composeLetter } from '../../../emails/letter';
import { checkTemplate } from '../../../emails/templates/check';
import { sampleMessages } from '../../../emails/templates/samples';

const custom: CustomFieldTypes = { customer: new Map([['PO number', 'text'], ['since', 'date']]), invoice: new Map([['project', 'text']]) };
const written = (body: string, kind: TemplateKind = 'customer', over: Partial<MessageTemplate> = {}): MessageTemplate => ({ name: 'mine', kind, version: 0, defaultLanguage: 'en', texts: { en: { subject: 'Subject', heading: 'Heading', body } }, ...over });
const problems = (body: string, kind?: TemplateKind) => checkTemplate(written(body, kind), custom).map(({ line, message }) => `${line}: ${message}`);

test('every built-in template can be published', () => {
  for (const template of [...builtinTemplates, ...laterTemplates, releasedTemplate]) expect(checkTemplate(template)).toEqual([]);
});

test.each([
  ['one\n{{ customer.nmae }}', '2: there is no field "customer.nmae", did you mean "customer.name"?'],
  ['{% for each in invoices %}\n{{ each.numbr }}\n{% endfor %}', '2: there is no field "each.numbr", did you mean "each.number"?'],
  ['{% if false %}{{ custmer.name }}{% endif %}', '1: there is no field "custmer.name", did you mean "customer.name"?'],
  ['{{ invoices[0].number }}', '1: there is no field "invoices.0.number", did you mean "invoice.number"?'],
  ['Tier {{ customer.tier }}', '1: "customer.tier" may have no value: put {% if customer.tier %} around it, or give it a default: {{ customer.tier | default: "…" }}'],
  ['{{ customer.custom["PO number"] }}', '1: "customer.custom.PO number" may have no value: put {% if customer.custom["PO number"] %} around it, or give it a default: {{ customer.custom["PO number"] | default: "…" }}'],
  ['{{ invoices }}', '1: "invoices" cannot be printed: loop over it'],
  ['{% for x in customer.name %}{% endfor %}', '1: "customer.name" is no list to be looped over'],
  ['{{ invoice.number | shout }}', '1: undefined filter: shout'],
  ['a\n\n<b>x</b>', '3: HTML is not taken. Write **bold**, - for bullets, [text](https://…) for a link, | for tables, or \\< for the sign itself'],
  ['a [b](ftp://x.example)', '1: "ftp://x.example" is no address for a link: it begins with https://, http:// or mailto:'],
  ['{{ segment.name }}', '1: there is no field "segment.name", did you mean "sender.name"?'],
])('%j cannot be published, and the check says where and why', (body, said) => {
  expect(problems(body)).toContain(said);
});

test.each([
  'Tier: {% if customer.tier %}{{ customer.tier }}{% endif %}', '{{ customer.tier | default: "standard" }}', '{% if customer.custom["PO number"] %}Your order {{ customer.custom["PO number"] }}{% else %}No order{% endif %}',
  '{% for each in invoices %}{% if each.custom.project %}{{ each.custom.project }}{% endif %} {{ each.number }} {{ forloop.index }}{% endfor %}', '{% assign total = totals.open %}{{ total }}', '{% if invoices.size > 1 %}many{% else %}one{% endif %}',
  '{% if overdue_count > 0 and totals.overdue %}{{ totals.overdue }}{% endif %} x', '{% case invoice.currency %}{% when "EUR" %}euro{% else %}other{% endcase %}',
])('%s can be published', (body) => {
  expect(problems(body)).toEqual([]);
});

test('a body that says nothing for some messages cannot be published', () => {
  expect(problems('{% if overdue_count > 0 %}late{% endif %}')).toEqual(['null: it is empty for some messages']);
});

test('every language is checked, and the default one must be there', () => {
  const de = { subject: 'Betreff', heading: 'H', body: '{{ kunde.name }}' };
  expect(checkTemplate(written('x', 'customer', { texts: { en: { subject: 's', heading: 'h', body: 'x' }, de } }))).toMatchObject([{ language: 'de', part: 'body', line: 1 }]);
  expect(checkTemplate(written('x', 'customer', { defaultLanguage: 'fr' }))).toMatchObject([{ language: 'fr', message: 'there are no words in the default language' }]);
});

test.each(templateKinds)('every field of the catalogue of the kind %s has a value in a full message', (kind) => {
  for (const field of templateFields(kind, custom)) {
    if (field.type === 'block') continue;
    const body = field.items ? field.items.map((item) => `{% for each in ${field.name} %}{% if each.${item.name} %}{% assign x = 1 %}{% endif %}${item.type === 'boolean' ? 'x' : `{{ each.${item.name} | default: "–" }}`}{% endfor %}`).join('\n') : field.type === 'boolean' ? 'x' : `{{ ${field.name} | default: "–" }}`;
    const template = written(`${body} .`, kind);
    const [full] = sampleMessages(template, 'en', custom);
    expect(() => composeLetter(full!)).not.toThrow();
    if (!field.items && field.type !== 'boolean') expect(JSON.stringify(composeLetter(full!).body)).not.toContain('–');
  }
});
