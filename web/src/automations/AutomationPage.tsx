import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter, customerIdOf } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { notifyFailed } from '../feedback/notify';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { automationQuery, eventWords, useFirings, useSwitchAutomation, type Automation, type AutomationAction, type Firing, type FiringState } from './queries';

const filterNames = ['state', 'customerId'] as const;
const states: readonly FiringState[] = ['fired', 'waiting', 'not-met', 'bounded', 'suppressed', 'failed'];
const words: Readonly<Record<FiringState, string>> = { fired: 'Fired', waiting: 'Waiting', 'not-met': 'Condition not met', bounded: 'Over its limit', suppressed: 'Suppressed', failed: 'Failed' };
const tones = { fired: 'good', waiting: 'active', 'not-met': 'neutral', bounded: 'warn', suppressed: 'neutral', failed: 'bad' } as const;

export function Component() {
  const id = Number(useParams().automationId);
  const automation = useQuery(automationQuery(id));
  const { filters, setFilters } = useFilters(filterNames);
  const state = oneOf<FiringState>(states, filters.state);
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ state: state ? [state] : undefined, customerId }), [state, customerId]);
  const list = useFirings(id, query);
  return (
    <Page
      title={automation.data?.document.title ?? 'Automation'} fill back={{ to: '/automations', label: 'Automations' }}
      beside={automation.data && <StateBadge state={automation.data.active ? 'on' : 'off'} tone={automation.data.active ? 'good' : 'neutral'} />} actions={automation.data && <Actions automation={automation.data} />}
    >
      <Loaded query={automation} lines={1}>{(loaded) => <Text size="sm">{loaded.description}. {actionsText(loaded)} At most {loaded.document.limit?.firings} in {loaded.document.limit?.days} days for a customer. Version {loaded.version}.</Text>}</Loaded>
      <Group gap={8} role="search" aria-label="Filter what it has heard of"><FilterSelect label="Outcome" value={filters.state} width={180} options={states.map((value) => ({ value, label: words[value] }))} onChange={(next) => setFilters({ state: next })} /><CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} /><ExportLink list={`/automations/${id}/firings`} query={query} /></Group>
      <ListTable
        label="What it has heard of" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={<EmptyState title="Nothing has happened yet that it listens to">It hears of what happens from the moment it is switched on. A dry run in its editor tells how often it would have fired before.</EmptyState>}
      />
    </Page>
  );
}

function Actions({ automation }: { automation: Automation }) {
  const may = useMay();
  const write = useSwitchAutomation(notifyFailed);
  if (!may('set-up-automations')) return null;
  return (
    <>
      <Button component={Link} variant="default" to={`/automations/${automation.id}/edit`}>Edit</Button>
      <Button variant={automation.active ? 'default' : 'filled'} loading={write.pending} onClick={() => write.run({ id: automation.id, on: !automation.active })}>{automation.active ? 'Switch off' : 'Switch on'}</Button>
    </>
  );
}

function actionsText({ document }: Automation): string {
  return `Then: ${document.actions.map(actionText).join(', ')}.`;
}

const holds = { credit: 'place a credit hold', 'pause-work': 'pause work', 'lock-out': 'lock out' } as const;

function actionText(action: AutomationAction): string {
  switch (action.kind) {
    case 'email': return `email ${action.template}`;
    case 'task': return `task for ${action.queue}${action.template ? ` (template ${action.template})` : ''}`;
    case 'notify': return `notify ${action.audience}`;
    case 'leadership': return `email ${(action.to ?? ['owner-manager']).join(', ')} in house`;
    case 'hold': return `${holds[action.hold]}${action.releaseNotice ? ` (when it is over, email ${action.releaseNotice.template})` : ''}${onceAgreed(action.approval)}`;
    case 'pause': return action.days ? `pause for ${action.days} days` : 'pause until resumed';
    case 'escalate': return `escalate to ${action.queue}`;
    case 'charge': return action.charge.kind === 'fixed' || action.charge.kind === 'percent' ? 'charge a late fee' : 'charge interest';
    case 'assign-policy': return `start the policy ${action.policy}`;
    case 'discount': return `offer a discount for ${action.discount.forDays} days`;
    case 'handoff': return `hand off to ${action.agency ?? 'an agency'}${onceAgreed(action.approval)}`;
    case 'webhook': return 'tell other systems';
  }
}

/** All that the automation does waits for that. */
function onceAgreed(approval: { by?: 'credit-manager' | 'admin' } | undefined): string {
  if (!approval) return '';
  return `, all of it once ${approval.by === 'admin' ? 'an administrator' : 'a credit manager'} agrees`;
}

function FiringBadge({ firing: { state, approval } }: { firing: Firing }) {
  return state === 'waiting' && approval === 'pending' ? <StateBadge state={approval} label="Waiting for approval" tone="warn" /> : <StateBadge state={state} label={words[state]} tone={tones[state]} />;
}

const columns: ColumnDef<Firing>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.decidedAt ?? original.eventAt} short /> },
  { id: 'state', header: 'Outcome', cell: ({ row: { original } }) => <FiringBadge firing={original} /> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => original.invoiceId && <Link className="plain" to={`/invoices/${original.invoiceId}`}>{original.invoiceNumber}</Link> },
  { id: 'event', header: 'Event', meta: { from: 1000 }, cell: ({ row: { original } }) => eventWords[original.event] },
  { id: 'why', header: 'Why', meta: { grow: true }, cell: ({ row: { original } }) => <>{original.reason}{original.notBefore && original.state === 'waiting' && <>, until <Instant iso={original.notBefore} short /></>}</> },
  { id: 'done', header: 'Done', meta: { from: 1200 }, cell: ({ row: { original } }) => original.actions.map((action) => `${action.kind}: ${action.outcome === 'withheld' ? `withheld, ${action.detail}` : action.detail}`).join('; ') },
];
