import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { ConditionField } from '../conditions/ConditionField';
import type { ConditionDocument } from '../conditions/document';
import { ErrorState } from '../feedback/ErrorState';
import { LeaveQuestion, useLeaveGuard } from '../feedback/LeaveGuard';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { useBegunWith } from '../http/useBegunWith';
import { callQueue } from '../tasks/firstQueues';
import { ActionsEditor } from './ActionsEditor';
import { DryRunResult } from './DryRunResult';
import { automationQuery, eventOptions, useDryRun, useSaveAutomation, type Automation, type AutomationDocument, type EventKind } from './queries';

const blank: AutomationDocument = { title: '', trigger: { kind: 'invoice.overdue', days: 30 }, when: null, actions: [{ kind: 'task', queue: callQueue, title: 'Call the customer', instructions: null, dueInDays: 1 }], limit: { firings: 1, days: 7 } };

export function Component() {
  const id = useParams().automationId;
  return id === undefined ? <Editor automation={null} /> : <Existing id={Number(id)} />;
}

function Existing({ id }: { id: number }) {
  const automation = useQuery(automationQuery(id));
  return automation.data ? <Editor automation={automation.data} /> : <Page title="Automation"><Loaded query={automation}>{() => null}</Loaded></Page>;
}

function Editor({ automation }: { automation: Automation | null }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const begun = useBegunWith(automation);
  const initial = begun?.document ?? blank;
  const [document, setDocument] = useState<AutomationDocument>(initial);
  const save = useSaveAutomation(begun);
  const dryRun = useDryRun();
  const change = (part: Partial<AutomationDocument>): void => {
    setDocument({ ...document, ...part });
    dryRun.reset();
  };
  const isReady = document.title.trim() !== '' && document.actions.length > 0 && (automation !== null || name.trim() !== '');
  const guard = useLeaveGuard(name !== '' || document !== initial);
  const submit = () => save.run({ name: name.trim(), document }, (saved) => {
    guard.free();
    notifyDone(automation ? 'Saved as a new version.' : 'Created, and switched off: switch it on when it is right.');
    void navigate(`/automations/${saved.id}`);
  });
  return (
    <Page
      title={automation ? `Edit: ${automation.document.title}` : 'New automation'} back={automation ? { to: `/automations/${automation.id}`, label: automation.document.title } : { to: '/automations', label: 'Automations' }}
      actions={<><Button variant="default" disabled={!isReady} loading={dryRun.pending} onClick={() => dryRun.run(document)}>Dry run over 90 days</Button><Button disabled={!isReady} loading={save.pending} onClick={submit}>Save</Button></>}
    >
      <LeaveQuestion guard={guard} />
      {save.error !== null && <ErrorState error={save.error} />}
      {dryRun.error !== null && <ErrorState error={dryRun.error} />}
      {dryRun.output && <DryRunResult run={dryRun.output} />}
      <Section title="When"><When document={document} onChange={change} isNew={automation === null} name={name} onName={setName} /></Section>
      <Section title="Then"><ActionsEditor actions={document.actions} onChange={(actions) => change({ actions })} /></Section>
    </Page>
  );
}

interface WhenProps {
  document: AutomationDocument;
  onChange: (part: Partial<AutomationDocument>) => void;
  isNew: boolean;
  name: string;
  onName: (name: string) => void;
}

function When({ document, onChange, isNew, name, onName }: WhenProps) {
  const { trigger } = document;
  const limit = document.limit ?? { firings: 1, days: 7 };
  return (
    <Stack gap="sm" maw={960}>
      <Group gap="sm" grow align="start">
        <TextInput label="Title" required value={document.title} onChange={(event) => onChange({ title: event.currentTarget.value })} />
        {isNew && <TextInput label="Short name" required description="Small letters, digits and hyphens; it stays" placeholder="large-and-late" value={name} onChange={(event) => onName(event.currentTarget.value)} />}
      </Group>
      <Group gap="sm" align="end">
        <Select
          label="When this happens" searchable allowDeselect={false} w={380} data={eventOptions} value={trigger.kind}
          onChange={(kind) => kind && onChange({ trigger: { kind: kind as EventKind, days: kind === 'invoice.overdue' ? (trigger.days ?? 30) : null } })}
        />
        {trigger.kind === 'invoice.overdue' && <NumberInput label="Days past due" w={130} min={1} max={3650} allowDecimal={false} value={trigger.days ?? 30} onChange={(days) => onChange({ trigger: { ...trigger, days: Number(days) || 1 } })} />}
      </Group>
      <ConditionField label="If" subject="invoice" event={trigger.kind} value={(document.when ?? null) as ConditionDocument | null} onChange={(when) => onChange({ when })} />
      <Group gap="sm" align="end">
        <NumberInput label="At most this many times" w={180} min={1} max={20} allowDecimal={false} value={limit.firings} onChange={(firings) => onChange({ limit: { ...limit, firings: Number(firings) || 1 } })} />
        <NumberInput label="in so many days" w={150} min={1} max={365} allowDecimal={false} value={limit.days} onChange={(days) => onChange({ limit: { ...limit, days: Number(days) || 1 } })} />
        <Text size="sm" pb={6}>for one customer</Text>
      </Group>
    </Stack>
  );
}
