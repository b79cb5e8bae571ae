import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { InvoiceChecklist } from '../invoices/InvoiceChecklist';
import { useInvoices, type InvoiceListItem } from '../invoices/queries';
import { useStepTitle } from '../policy/queries';
import { useControlSteps, type Customer, type StepsControl } from './queries';

/** As the API takes them. */
const atOnceMax = 100;

interface Coming extends InvoiceListItem {
  nextStep: string;
  nextAt: string | null;
}

const isComing = ({ collection }: InvoiceListItem): boolean => collection?.state === 'active' && !collection.stopped && collection.nextStep !== null;

/** Skips what comes next of some of a customer's invoices, or runs it now. */
export function StepsModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const open = useInvoices({ customerId: customer.id, state: ['open', 'overdue'], sort: 'dueOn' }).rows;
  const offered = open?.filter(isComing).map((invoice): Coming => ({ ...invoice, nextStep: invoice.collection?.nextStep ?? '', nextAt: invoice.collection?.nextAt ?? null }));
  const stepTitle = useStepTitle();
  const control = useControlSteps(customer.id);
  const [kind, setKind] = useState<StepsControl['kind']>('skip-step');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [reason, setReason] = useState('');
  const confirm = () => control.run({
    kind, reason: reason.trim() || undefined, steps: (offered ?? []).filter(({ id }) => chosen.includes(id)).map(({ id, nextStep }) => ({ invoiceId: id, step: nextStep })),
  }, ({ items }) => {
    const refused = items.filter((item) => item.refused !== null);
    const done = plural(items.length - refused.length, 'invoice');
    const others = refused.map((item) => ` ${offered?.find(({ id }) => id === item.invoiceId)?.number ?? 'An invoice'}: ${item.refused}`);
    notifyDone(`${kind === 'skip-step' ? `The next step is skipped for ${done}.` : `The next step runs now for ${done}.`}${others.join('')}`);
    onClose();
  });
  return (
    <ConfirmModal
      opened size="lg" title={`Next steps of ${customer.name}`} confirmLabel={kind === 'skip-step' ? 'Skip the steps' : 'Run now'} pending={control.pending} error={control.error} disabled={chosen.length === 0 || chosen.length > atOnceMax} onConfirm={confirm} onClose={onClose}
    >
      <Radio.Group label="What comes next of these invoices" value={kind} onChange={(value) => setKind(value as StepsControl['kind'])}>
        <Stack gap={6} mt={4}>
          <Radio value="skip-step" label="Skip it" description="The steps after it stay as planned" />
          <Radio value="send-now" label="Run it now" description="Also where it is paused; emails about several invoices go out as one where their policy merges them" />
        </Stack>
      </Radio.Group>
      {offered?.length === 0 && <EmptyState title="Nothing is to come">No open invoice of this customer has a step before it.</EmptyState>}
      <InvoiceChecklist
        offered={offered ?? []} isChosen={(id) => chosen.includes(id)} onChange={(id, on) => setChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
        renderDetail={({ nextStep, nextAt }) => <>{stepTitle(nextStep)}{nextAt && <>, <Instant iso={nextAt} zone={customer.timeZone} short /></>}</>}
      />
      <TextInput label="Reason" description="Optional; kept in the history" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {chosen.length > atOnceMax && <Text size="sm" c="red">At most {atOnceMax} at once.</Text>}
    </ConfirmModal>
  );
}
