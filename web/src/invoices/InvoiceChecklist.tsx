import { Checkbox, ScrollArea, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatDate } from '../format/dates';
import { Money } from '../format/Money';
import type { InvoiceListItem } from './queries';

interface Props<Invoice> {
  offered: readonly Invoice[];
  isChosen: (id: number) => boolean;
  onChange: (id: number, on: boolean) => void;
  /** What else is said of each. */
  renderDetail?: (invoice: Invoice) => ReactNode;
}

/** Invoices of a customer, to choose some of. */
export function InvoiceChecklist<Invoice extends Pick<InvoiceListItem, 'id' | 'number' | 'dueOn' | 'openMinor' | 'currency'>>({ offered, isChosen, onChange, renderDetail }: Props<Invoice>) {
  return (
    <ScrollArea.Autosize mah={220} viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Invoices' }}>
      <Stack gap={6}>
        {offered.map((invoice) => (
          <Checkbox
            key={invoice.id} checked={isChosen(invoice.id)} onChange={(event) => onChange(invoice.id, event.currentTarget.checked)} description={renderDetail?.(invoice)}
            label={<>{invoice.number}, due {formatDate(invoice.dueOn)}: <Money minor={invoice.openMinor} currency={invoice.currency} /></>}
          />
        ))}
      </Stack>
    </ScrollArea.Autosize>
  );
}
