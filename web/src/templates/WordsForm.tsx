import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import type { TemplateField, TemplateText } from './queries';
import classes from './TemplatePage.module.css';

interface Props {
  text: TemplateText;
  fields: readonly TemplateField[];
  readOnly: boolean;
  onChange: (text: TemplateText) => void;
}

/** `before` and `after` stand around what is selected; without a selection around `example`. */
const marks: readonly { label: string; before: string; after: string; example: string }[] = [
  { label: 'Bold', before: '**', after: '**', example: 'bold' },
  { label: 'Bullet', before: '\n- ', after: '', example: 'item' },
  { label: 'Link', before: '[', after: '](https://)', example: 'text' },
  { label: 'Table', before: '\n| Invoice | Open |\n|---|---:|\n{% for each in invoices %}\n| {{ each.number }} | {{ each.open }} |\n{% endfor %}\n', after: '', example: '' },
  { label: 'Loop', before: '\n{% for each in invoices %}\n', after: '\n{% endfor %}\n', example: '- {{ each.number }}: {{ each.open }}' },
  { label: 'Condition', before: '\n{% if overdue_count > 0 %}\n', after: '\n{% endif %}\n', example: 'Text' },
];

export function WordsForm({ text, fields, readOnly, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const wrap = (before: string, after: string, example: string) => {
    const { selectionStart = text.body.length, selectionEnd = text.body.length } = area.current ?? {};
    const inner = text.body.slice(selectionStart, selectionEnd) || example;
    onChange({ ...text, body: `${text.body.slice(0, selectionStart)}${before}${inner}${after}${text.body.slice(selectionEnd)}` });
    area.current?.focus();
  };
  return (
    <Stack gap="xs">
      <TextInput label="Subject" readOnly={readOnly} value={text.subject} onChange={(event) => onChange({ ...text, subject: event.currentTarget.value })} />
      <TextInput label="Heading" readOnly={readOnly} value={text.heading} onChange={(event) => onChange({ ...text, heading: event.currentTarget.value })} />
      {!readOnly && (
        <Group gap={6} role="toolbar" aria-label="Insert into the body">
          {marks.map(({ label, before, after, example }) => <Button key={label} size="compact-xs" variant="default" onClick={() => wrap(before, after, example)}>{label}</Button>)}
          <Select
            aria-label="Insert a field" placeholder="Insert a field" searchable size="xs" w={250} value={null}
            data={fields.filter(({ type }) => type !== 'list' && type !== 'boolean').map(({ name, label }) => ({ value: name, label: `${label} (${name})` }))}
            onChange={(name) => name && wrap(fields.find((each) => each.name === name)?.optional ? `{% if ${name} %}{{ ${name} }}{% endif %}` : `{{ ${name} }}`, '', '')}
          />
        </Group>
      )}
      <Textarea ref={area} className={classes.body} label="Body" description="Markdown, with fields in {{ … }} and tags in {% … %}" autosize minRows={18} maxRows={36} readOnly={readOnly} value={text.body} onChange={(event) => onChange({ ...text, body: event.currentTarget.value })} />
    </Stack>
  );
}
