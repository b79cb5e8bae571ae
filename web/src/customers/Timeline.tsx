import { Anchor, Button, MultiSelect, Text } from '@mantine/core';
import {
  IconArrowsExchange, IconCalendarCheck, IconCalendarRepeat, IconCash, IconCashPlus, IconChartPie, IconChecks, IconClipboardList, IconDiscount, IconFileInvoice, IconHandStop, IconMail, IconMessageReply, IconMessageReport, IconNote, IconPencil, IconPhone, IconPlayerPause, IconReceiptOff, IconReceiptRefund, IconRoute, IconScale, IconSpeakerphone, type Icon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Waiting } from '../feedback/Waiting';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatDateIn, withDays } from '../format/dates';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { outcomes } from '../segments/decisions';
import { ExportLink } from '../table/ExportLink';
import { actionName } from '../invoices/states';
import { useStepTitle } from '../policy/queries';
import classes from './CustomerPage.module.css';
import { NoteText } from './NoteText';
import { useTimeline, type Customer, type TimelineEntry, type TimelineKind } from './queries';

const filterNames = ['timeline'] as const;
const kinds: Readonly<Record<TimelineKind, { label: string; Icon: Icon }>> = {
  message: { label: 'Emails', Icon: IconMail },
  decision: { label: 'Decisions', Icon: IconRoute },
  task: { label: 'Tasks', Icon: IconClipboardList },
  payment: { label: 'Payments', Icon: IconCash },
  'credit-note': { label: 'Credit notes', Icon: IconReceiptRefund },
  'write-off': { label: 'Write-offs', Icon: IconReceiptOff },
  invoice: { label: 'Invoices', Icon: IconFileInvoice },
  hold: { label: 'Holds', Icon: IconHandStop },
  handoff: { label: 'Hand-offs', Icon: IconArrowsExchange },
  call: { label: 'Calls', Icon: IconPhone },
  promise: { label: 'Promises', Icon: IconCalendarCheck },
  dispute: { label: 'Disputes', Icon: IconScale },
  note: { label: 'Notes', Icon: IconNote },
  entry: { label: 'Entries', Icon: IconMessageReport },
  control: { label: 'Pauses and other controls', Icon: IconPlayerPause },
  reply: { label: 'Replies', Icon: IconMessageReply },
  segment: { label: 'Segments', Icon: IconChartPie },
  'segment-run': { label: 'Runs of segments', Icon: IconCalendarRepeat },
  campaign: { label: 'Campaigns', Icon: IconSpeakerphone },
  charge: { label: 'Fees and interest', Icon: IconCashPlus },
  discount: { label: 'Discounts', Icon: IconDiscount },
  approval: { label: 'Approvals', Icon: IconChecks },
  change: { label: 'Changes', Icon: IconPencil },
};
/** What people wrote themselves, in which others may be mentioned. */
const isWritten = (kind: TimelineKind): boolean => kind === 'note' || kind === 'entry' || kind === 'call';
/** What has a day and no time: it begins where the customer is, which elsewhere may be the day before. */
const isDated = (kind: TimelineKind): boolean => kind === 'invoice' || kind === 'credit-note';
/** Of which we wrote the words, with days in them. */
const isWorded = (kind: TimelineKind): boolean => kind === 'invoice' || kind === 'segment' || kind === 'segment-run';
/** Runs call what they came to what their own list does. */
const stateName = (kind: TimelineKind, state: string): string => (kind === 'segment-run' && state in outcomes ? outcomes[state as keyof typeof outcomes].label : sentence(state));
const isKind = (kind: string): kind is TimelineKind => kind in kinds;

/** Everything that happened with this customer, newest first. The filter is in the URL. */
export function Timeline({ customer }: { customer: Customer }) {
  const { filters, setFilters } = useFilters(filterNames);
  const chosen = (filters.timeline ?? '').split(',').filter(isKind);
  const list = useTimeline(customer.id, chosen);
  const filter = (
    <MultiSelect
      aria-label="Show only" placeholder={chosen.length === 0 ? 'Everything' : undefined} data={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))} value={chosen} clearable clearButtonProps={{ 'aria-label': 'Show everything' }}
      onChange={(next) => setFilters({ timeline: next.join(',') })} w={260}
    />
  );
  return (
    <Section title="Timeline" beside={<Anchor component={Link} size="sm" to={`/decisions?customerId=${customer.id}`}>All decisions</Anchor>} actions={<>{filter}<ExportLink list={`/customers/${customer.id}/timeline`} query={{ kind: chosen }} /></>}>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {!list.rows && !list.isError && <Waiting />}
      {list.rows?.length === 0 && <EmptyState title="Nothing here">{chosen.length > 0 ? 'Show everything to see what else happened.' : 'Emails, payments, decisions, notes and changes are listed here as they happen.'}</EmptyState>}
      {list.rows && <ul className={classes.timeline}>{list.rows.map((entry) => <Entry key={`${entry.kind}/${entry.id}`} entry={entry} zone={customer.timeZone} />)}</ul>}
      {list.hasMore && <Button variant="default" fullWidth mt="xs" onClick={list.loadMore} loading={list.loadingMore}>Earlier</Button>}
    </Section>
  );
}

function Entry({ entry, zone }: { entry: TimelineEntry; zone: string }) {
  const { Icon, label } = kinds[entry.kind];
  const title = useTitle(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.icon} title={label}><Icon size={16} stroke={1.7} aria-hidden /></span>
      <div>
        <div className={classes.title}>
          {entry.messageId ? <Anchor component={Link} size="sm" fw={500} to={`/messages/${entry.messageId}`}>{title}</Anchor> : <Text span fw={500}>{title}</Text>}
          {entry.amountMinor !== null && entry.currency && <Money minor={entry.amountMinor} currency={entry.currency} />}
          {entry.state && entry.kind !== 'control' && <Text span size="xs" c="dimmed">{stateName(entry.kind, entry.state)}</Text>}
          {entry.invoiceId && <Anchor component={Link} size="xs" to={`/invoices/${entry.invoiceId}`}>{entry.invoiceNumber}</Anchor>}
        </div>
        {entry.detail && <div className={classes.detail} data-note={isWritten(entry.kind) || undefined}>{isWritten(entry.kind) ? <NoteText text={entry.detail} /> : isWorded(entry.kind) ? withDays(entry.detail) : entry.detail}</div>}
      </div>
      <div className={classes.when}>{isDated(entry.kind) ? <time dateTime={entry.at} className="tabular">{formatDateIn(entry.at, zone)}</time> : <Instant iso={entry.at} zone={zone} short />}{entry.actor && <div>{entry.actor}</div>}</div>
    </li>
  );
}

/** Decisions come as `step: action` and changes as `subject.verb`; people read their names. */
function useTitle({ kind, title }: TimelineEntry): string {
  const stepTitle = useStepTitle();
  if (kind === 'change' || kind === 'control') return sentence(title);
  if (kind === 'promise' || kind === 'discount') return withDays(title);
  const [, step, action] = (kind === 'decision' && /^([\w-]+): ([\w-]+)$/.exec(title)) || [];
  return step && action ? `${stepTitle(step)}: ${actionName(action).toLowerCase()}` : title;
}
