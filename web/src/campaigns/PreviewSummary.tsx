import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from '../feedback/EmptyState';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { formatCount, plural } from '../format/money';
import { firstCapital } from '../format/words';
import { PlainTable } from '../table/PlainTable';
import type { CampaignPreview } from './queries';

/** One table of a preview, under what it is. */
export function Titled({ title, children }: { title: string; children: ReactNode }) {
  return <div><Text size="sm" fw={600} mb={4}>{title}</Text>{children}</div>;
}

/** Who would join, in a few sentences; what they owe; and who is left alone and why. */
export function PreviewSummary({ preview }: { preview: CampaignPreview }) {
  const { joins, money, leftOut, problems } = preview;
  return (
    <Stack gap="sm">
      {problems.map(({ path, message }) => <Text key={path} size="sm" c="red" role="alert">It cannot be launched: {message}</Text>)}
      <Text size="sm" role="status">{sentences(preview).join(' ')} {preview.startsAt !== preview.at && <>It begins <Instant iso={preview.startsAt} />.</>}</Text>
      {joins > 0 && <>
        <Titled title="What they owe"><PlainTable
          label="What they owe" rows={money} rowKey={(row) => row.currency} empty={<EmptyState title="Nothing is open" />}
          columns={[
            { heading: 'Currency', render: (row) => row.currency },
            { heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) },
            { heading: 'Open', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} /> },
            { heading: 'With the first step', align: 'right', render: (row) => <Money minor={row.actsMinor} currency={row.currency} /> },
            { heading: 'Left alone', align: 'right', render: (row) => <Money minor={row.leftOutMinor} currency={row.currency} /> },
            { heading: 'Held out', align: 'right', from: 1000, render: (row) => <Money minor={row.heldOutMinor} currency={row.currency} /> },
          ]}
        /></Titled>
        {leftOut.length > 0 && <Titled title="Who is left alone"><PlainTable
          label="Who is left alone" rows={leftOut} rowKey={(row) => row.code}
          columns={[{ heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) }, { heading: 'Why', grow: true, render: (row) => firstCapital(row.reason) }]}
        /></Titled>}
      </>}
    </Stack>
  );
}

function sentences({ basis, joins, isCut, inSegment, firstStep, acts, writes, groups }: CampaignPreview): string[] {
  const heldOut = groups.find(({ group }) => group === 'holdout')?.customers ?? 0;
  const of = inSegment === null ? '' : ` of the ${formatCount(inSegment)} in its segment`;
  const who = `${isCut ? 'More than ' : ''}${plural(joins, 'customer')}${of}`;
  return [
    basis === 'events' ? `It begins for each customer to whom its event happens. In the last 30 days ${who} would have joined.` : `${who} would join now.`,
    ...(heldOut > 0 ? [`${formatCount(heldOut)} of them are held out.`] : []),
    ...(firstStep ? [`The first step is taken for ${formatCount(acts)}${writes > 0 ? `, and writes to ${writes === acts ? 'each of them' : formatCount(writes)}` : ''}${daysText(firstStep.days)}.`] : []),
  ];
}

function daysText(days: readonly { on: string }[]): string {
  const [first, last] = [days[0]?.on, days.at(-1)?.on];
  if (first === undefined || last === undefined) return '';
  return first === last ? ` on ${formatDate(first)}` : `, between ${formatDate(first)} and ${formatDate(last)}`;
}
