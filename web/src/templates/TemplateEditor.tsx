import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { useMay } from '../session/useMay';
import { LanguageBar } from './LanguageBar';
import { PreviewPanel } from './PreviewPanel';
import { useSaveDraft, usePublishTemplate, type TemplateDetail, type Words } from './queries';
import classes from './TemplatePage.module.css';
import { VersionsPanel } from './VersionsPanel';
import { WordsForm } from './WordsForm';

const nothing: Words = { defaultLanguage: 'en', texts: { en: { subject: '', heading: '', body: '' } } };

/** The words on the left, how they look on the right. What is typed is kept as a draft when it is saved, and sent once it is published. */
export function TemplateEditor({ template }: { template: TemplateDetail }) {
  const stored: Words = template.draft ?? template.versions[0] ?? nothing;
  const [words, setWords] = useState<Words>({ defaultLanguage: stored.defaultLanguage, texts: stored.texts });
  const [language, setLanguage] = useState(stored.defaultLanguage);
  const mayEdit = useMay()('edit-templates');
  const save = useSaveDraft(template.id);
  const publish = usePublishTemplate(template.id);
  const isChanged = JSON.stringify(words.texts) !== JSON.stringify(stored.texts) || words.defaultLanguage !== stored.defaultLanguage;
  const text = words.texts[language];
  const saveThen = (then: (saved: TemplateDetail) => void) => save.run({ draft: words, rowVersion: template.rowVersion }, then);
  const publishNow = ({ rowVersion }: TemplateDetail) => publish.run({ note: null, rowVersion }, (done) => notifyDone(`Version ${done.currentVersion} is published. Messages are written with it from now on.`));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{template.currentVersion === null ? 'Nothing is published yet' : `Version ${template.currentVersion} is sent`}{template.draft || isChanged ? '; this is a draft' : ''}</Text>
        {mayEdit && (
          <Group gap="xs">
            {template.draft && <Button variant="default" onClick={() => save.run({ draft: null, rowVersion: template.rowVersion }, (after) => setWords(after.versions[0] ?? nothing))}>Discard the draft</Button>}
            <Button variant="default" disabled={!isChanged} loading={save.pending} onClick={() => saveThen(() => notifyDone('The draft is saved.'))}>Save draft</Button>
            <Button disabled={!isChanged && !template.draft} loading={publish.pending} onClick={() => (isChanged ? saveThen(publishNow) : publishNow(template))}>Publish</Button>
          </Group>
        )}
      </Group>
      {save.error ? <ErrorState error={save.error} /> : null}
      {publish.error ? <ErrorState error={publish.error} /> : null}
      <div className={classes.columns}>
        <Section title="Words">
          <Stack gap="xs">
            <LanguageBar words={words} language={language} onLanguage={setLanguage} onWords={setWords} mayEdit={mayEdit} />
            {text && <WordsForm key={language} text={text} fields={template.fields} readOnly={!mayEdit} onChange={(next) => setWords({ ...words, texts: { ...words.texts, [language]: next } })} />}
          </Stack>
        </Section>
        <Stack gap="sm" miw={0}>
          <PreviewPanel templateId={template.id} kind={template.kind} words={words} language={language} />
          <VersionsPanel template={template} words={words} language={language} onRestore={mayEdit ? setWords : null} />
        </Stack>
      </div>
    </Stack>
  );
}
