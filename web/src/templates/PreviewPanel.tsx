import { Alert, Button, Group, List, Stack, Tabs, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ScrollRegion } from '../app/ScrollRegion';
import { Section } from '../app/Section';
import { CustomerSelect } from '../customers/CustomerSelect';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { useFilters } from '../filters/useFilters';
import { useMay } from '../session/useMay';
import { previewQuery, useSendTest, type TemplateKind, type TemplatePreview, type Words } from './queries';
import classes from './TemplatePage.module.css';

interface Props {
  templateId: number;
  kind: TemplateKind;
  words: Words;
  language: string;
}

const filterNames = ['customerId'] as const;

/** How the words look on a customer, as they are typed; the mail is in a frame without scripts, forms or origin. */
export function PreviewPanel({ templateId, kind, words, language }: Props) {
  const { filters, setFilters } = useFilters(filterNames);
  const mayEdit = useMay()('edit-templates');
  const customerId = Number(filters.customerId) || undefined;
  const [shown] = useDebouncedValue({ kind, language, customerId, defaultLanguage: words.defaultLanguage, texts: words.texts }, 400);
  const preview = useQuery({ ...previewQuery(shown), enabled: mayEdit, placeholderData: keepPreviousData });
  const test = useSendTest(templateId);
  const send = () => test.run({ defaultLanguage: words.defaultLanguage, texts: words.texts, language, customerId }, (sent) => {
    if (sent.state === 'sent') notifyDone(sent.provider === 'outbox' ? 'No mail provider is set up: the test was taken and goes nowhere.' : `A test is on its way to ${sent.to}.`);
    else notifyFailed(new Error(sent.reason ?? (sent.state === 'unknown' ? 'Nobody can say whether it left: look into your mailbox.' : 'The provider did not take it.')));
  });
  if (!mayEdit) return null;
  return (
    <Section title="Preview" actions={<Button variant="default" loading={test.pending} onClick={send}>Send a test to me</Button>}>
      <Stack gap="xs">
        <Group gap="xs"><CustomerSelect label="Customer" value={customerId ?? null} onChange={(id) => setFilters({ customerId: id === null ? undefined : String(id) })} width={260} /><Text size="xs" c="dimmed">{customerId ? 'With its open invoices' : 'With made-up data'}</Text></Group>
        <Loaded query={preview}>{(loaded) => <Shown preview={loaded} />}</Loaded>
      </Stack>
    </Section>
  );
}

function Shown({ preview: { problems, subject, html, text, failure } }: { preview: TemplatePreview }) {
  return (
    <Stack gap="xs">
      {problems.length > 0 && (
        <Alert color="red" variant="light" title={problems.length === 1 ? 'One fault keeps this from being published' : `${problems.length} faults keep this from being published`}>
          <List size="sm">{problems.map((each, index) => <List.Item key={index}><b>{each.language}, {each.part}{each.line === null ? '' : `, line ${each.line}`}</b>: {each.message}</List.Item>)}</List>
        </Alert>
      )}
      {html === null ? <EmptyState title="It cannot be shown">{failure}</EmptyState> : (
        <>
          <Text fw={600} size="sm">{subject}</Text>
          <Tabs defaultValue="html" keepMounted={false}>
            <Tabs.List mb="sm"><Tabs.Tab value="html">HTML</Tabs.Tab><Tabs.Tab value="text">Plain text</Tabs.Tab></Tabs.List>
            <Tabs.Panel value="html"><iframe className={classes.frame} title="Preview of the message" sandbox="" srcDoc={html} /></Tabs.Panel>
            <Tabs.Panel value="text"><ScrollRegion label="Plain text"><pre className={classes.diff}>{text}</pre></ScrollRegion></Tabs.Panel>
          </Tabs>
        </>
      )}
    </Stack>
  );
}
