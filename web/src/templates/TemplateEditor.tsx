import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { ErrorState } from '../feedback/ErrorState';
import { LeaveQuestion, useLeaveGuard } from '../feedback/LeaveGuard';
import { notifyDone } from '../feedback/notify';
import { FilterSelect } from '../filters/FilterSelect';
import { useFilters } from '../filters/useFilters';
import { useMay } from '../session/useMay';
import { LanguageBar } from './LanguageBar';
import { PreviewPanel } from './PreviewPanel';
import { useSaveDraft, usePublishTemplate, type TemplateDetail, type TemplateText, type Words } from './queries';
import classes from './TemplatePage.module.css';
import { VersionsPanel } from './VersionsPanel';
import { WordsForm } from './WordsForm';

const nothing: Words = { defaultLanguage: 'en', texts: { en: { subject: '', heading: '', body: '' } } };

const filterNames = ['beside'] as const;

const wordsOf = (template: TemplateDetail): Words => {
  const { defaultLanguage, texts } = template.draft ?? template.versions[0] ?? nothing;
  return { defaultLanguage, texts };
};

/** The words on the left, how they look on the right; between them, when asked for, the words in another language. What is typed is kept as a draft when it is saved, and sent once it is published. */
export function TemplateEditor({ template }: { template: TemplateDetail }) {
  // What the words were begun with: the version that a save is checked against. The page reads the template afresh at any time, and another may have written meanwhile.
  const [begun, setBegun] = useState(template);
  const stored = wordsOf(begun);
  const [words, setWords] = useState(stored);
  const [language, setLanguage] = useState(stored.defaultLanguage);
  const [discarding, setDiscarding] = useState(false);
  const mayEdit = useMay()('edit-templates');
  const save = useSaveDraft(template.id);
  const publish = usePublishTemplate(template.id);
  const isChanged = JSON.stringify(words.texts) !== JSON.stringify(stored.texts) || words.defaultLanguage !== stored.defaultLanguage;
  const begin = (from: TemplateDetail): void => {
    const next = wordsOf(from);
    setBegun(from);
    setWords(next);
    if (!next.texts[language]) setLanguage(next.defaultLanguage);
  };
  // Where nothing is typed, nothing is lost by what another has written.
  if (template.rowVersion > begun.rowVersion && !isChanged) begin(template);
  const guard = useLeaveGuard(isChanged);
  const text = words.texts[language];
  const { filters, setFilters } = useFilters(filterNames);
  const beside = filters.beside !== language && words.texts[filters.beside ?? ''] ? filters.beside : undefined;
  const others = Object.keys(words.texts).filter((each) => each !== language).sort();
  const setText = (of: string, next: TemplateText) => setWords({ ...words, texts: { ...words.texts, [of]: next } });
  const saveThen = (then: (saved: TemplateDetail) => void) => save.run({ draft: words, rowVersion: begun.rowVersion }, (saved) => {
    setBegun(saved);
    then(saved);
  });
  const publishNow = ({ rowVersion }: TemplateDetail) => publish.run({ note: null, rowVersion }, (done) => {
    setBegun(done);
    notifyDone(`Version ${done.currentVersion} is published. Messages are written with it from now on.`);
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{template.currentVersion === null ? 'Nothing is published yet' : `Version ${template.currentVersion} is sent`}{begun.draft || isChanged ? '; this is a draft' : ''}</Text>
        {mayEdit && (
          <Group gap="xs">
            {begun.draft && <Button variant="default" onClick={() => setDiscarding(true)}>Discard the draft</Button>}
            <Button variant="default" disabled={!isChanged} loading={save.pending} onClick={() => saveThen(() => notifyDone('The draft is saved.'))}>Save draft</Button>
            <Button disabled={!isChanged && !begun.draft} loading={save.pending || publish.pending} onClick={() => (isChanged ? saveThen(publishNow) : publishNow(begun))}>Publish</Button>
          </Group>
        )}
      </Group>
      <LeaveQuestion guard={guard} />
      <ConfirmModal opened={discarding} danger title="Discard the draft" confirmLabel="Discard" pending={save.pending} error={save.error} onConfirm={() => save.run({ draft: null, rowVersion: begun.rowVersion }, (after) => { begin(after); setDiscarding(false); })} onClose={() => setDiscarding(false)}>
        <Text size="sm">Its words are gone. What is sent stays as it is{begun.currentVersion === null ? ': nothing is published yet' : `: version ${begun.currentVersion}`}.</Text>
      </ConfirmModal>
      {save.error && !discarding ? <ErrorState error={save.error} /> : null}
      {publish.error ? <ErrorState error={publish.error} /> : null}
      <div className={classes.columns}>
        <Section title="Words">
          <Stack gap="xs">
            <LanguageBar words={words} language={language} onLanguage={setLanguage} onWords={setWords} mayEdit={mayEdit} />
            {others.length > 0 && <FilterSelect label="Another language beside" value={beside} width={210} options={others.map((each) => ({ value: each, label: `${each} beside` }))} onChange={(value) => setFilters({ beside: value })} />}
            {text && <WordsForm key={language} text={text} fields={template.fields} readOnly={!mayEdit} onChange={(next) => setText(language, next)} />}
          </Stack>
        </Section>
        <Stack gap="sm" miw={0}>
          {beside !== undefined && words.texts[beside] && (
            <Section title={`Words in ${beside}`}>
              <WordsForm key={beside} text={words.texts[beside]} fields={template.fields} readOnly={!mayEdit} onChange={(next) => setText(beside, next)} />
            </Section>
          )}
          <PreviewPanel templateId={template.id} kind={template.kind} words={words} language={language} />
          <VersionsPanel template={template} words={words} language={language} onRestore={mayEdit ? setWords : null} />
        </Stack>
      </div>
    </Stack>
  );
}
