import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { Instant } from '../format/Instant';
import { PlainTable } from '../table/PlainTable';
import { lineDiff } from './lineDiff';
import type { TemplateDetail, Words } from './queries';
import classes from './TemplatePage.module.css';

interface Props {
  template: TemplateDetail;
  words: Words;
  language: string;
  /** Null for those who may not edit. */
  onRestore: ((words: Words) => void) | null;
}

/** What was sent before. A version's words can be taken back into the editor, and are sent again once they are published. */
export function VersionsPanel({ template, words, language, onRestore }: Props) {
  const [compared, setCompared] = useState<number | null>(null);
  const version = template.versions.find((each) => each.version === compared);
  return (
    <Section title="Versions">
      <Stack gap="xs">
        <PlainTable
          label="Versions" rows={template.versions} rowKey={(row) => row.version} empty={<EmptyState title="Nothing is published yet" />}
          columns={[
            { heading: 'Version', align: 'right', render: (row) => row.version },
            { heading: 'Published', render: (row) => <Instant iso={row.publishedAt} short /> },
            { heading: 'By', grow: true, render: (row) => row.publishedBy },
            { heading: 'Do', render: (row) => (
              <Group gap={6}>
                <Button size="compact-xs" variant="default" onClick={() => setCompared(compared === row.version ? null : row.version)}>{compared === row.version ? 'Hide' : 'Compare'}</Button>
                {onRestore && <Button size="compact-xs" variant="default" onClick={() => onRestore({ defaultLanguage: row.defaultLanguage, texts: row.texts })}>Take its words</Button>}
              </Group>
            ) },
          ]}
        />
        {version && <Difference before={wholeOf(version, language)} after={wholeOf(words, language)} title={`From version ${version.version} to the editor, in ${language}`} />}
      </Stack>
    </Section>
  );
}

function wholeOf({ texts }: Words, language: string): string {
  const text = texts[language];
  return text ? `${text.subject}\n${text.heading}\n\n${text.body}` : '';
}

function Difference({ before, after, title }: { before: string; after: string; title: string }) {
  const lines = lineDiff(before, after);
  if (lines.every(({ kind }) => kind === 'same')) return <Text size="sm" c="dimmed">There is no difference.</Text>;
  return (
    <div role="group" aria-label={title}>
      <Text size="xs" c="dimmed">{title}</Text>
      <pre className={classes.diff}>
        {lines.map(({ kind, line }, index) => {
          const shown = `${kind === 'gone' ? '−' : kind === 'new' ? '+' : ' '} ${line}\n`;
          return kind === 'gone' ? <del key={index}>{shown}</del> : kind === 'new' ? <ins key={index}>{shown}</ins> : <span key={index}>{shown}</span>;
        })}
      </pre>
    </div>
  );
}
