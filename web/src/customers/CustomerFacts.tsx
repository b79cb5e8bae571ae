import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { formatMoney } from '../format/money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { EditCustomerModal } from './EditCustomerModal';
import { OwnerSelect } from './OwnerSelect';
import type { Customer } from './queries';

export function CustomerFacts({ customer }: { customer: Customer }) {
  const may = useMay();
  const [editing, edit] = useDisclosure(false);
  return (
    <Section title="Facts" actions={may('write-ledger') && <Button size="compact-xs" variant="subtle" onClick={edit.open} aria-label="Edit the facts">Edit</Button>}>
      <Facts facts={{
        'External id': customer.externalId,
        Owner: <OwnerSelect customer={customer} />,
        Country: [customer.country, customer.region].filter(Boolean).join(', '),
        'Time zone': customer.timeZone,
        Language: customer.language,
        Terms: customer.termsDays === null ? null : `${customer.termsDays} days net`,
        Grace: customer.graceDays === null ? null : `${customer.graceDays} days`,
        'Credit limit': customer.creditLimit && `${formatMoney(customer.creditLimit.amountMinor, customer.creditLimit.currency)}${customer.limitExceededAt ? ', exceeded' : ''}`,
        'Business unit': customer.businessUnit,
        Tier: customer.tier,
        'Last contact': customer.lastContactOn && formatDate(customer.lastContactOn),
        'Open tasks': customer.openTasks,
        Collection: customer.stopped ? 'Stopped until someone resumes it' : null,
        'Paused until': customer.paused && !customer.stopped ? (customer.pausedUntil ? <Instant iso={customer.pausedUntil} zone={customer.timeZone} /> : 'resumed by someone') : null,
        ...Object.fromEntries(Object.entries(customer.custom).map(([name, value]) => [sentence(name), value === null ? null : String(value)] as const)),
      }} />
      {editing && <EditCustomerModal customer={customer} onClose={edit.close} />}
    </Section>
  );
}
