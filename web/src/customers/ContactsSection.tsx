import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { notifyDone } from '../feedback/notify';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { ContactModal } from './ContactModal';
import classes from './CustomerPage.module.css';
import { useRemoveContact, type Contact, type Customer } from './queries';

type Open = { kind: 'edit'; contact: Contact | null } | { kind: 'remove'; contact: Contact };

export function ContactsSection({ customer }: { customer: Customer }) {
  const mayWrite = useMay()('write-ledger');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title="Contacts" actions={mayWrite && <Button size="compact-xs" variant="subtle" onClick={() => setOpen({ kind: 'edit', contact: null })}>Add contact</Button>}>
      {customer.contacts.length === 0 && <EmptyState title="No contacts">Without an address no email can be sent, and every email step is suppressed.</EmptyState>}
      <ul className={classes.contacts}>
        {customer.contacts.map((contact) => (
          <li key={contact.id} className={classes.contact}>
            <div>
              <Group gap={6}>{contact.name ? <Text size="sm" fw={500}>{contact.name}</Text> : <Anchor size="sm" href={`mailto:${contact.email}`}>{contact.email}</Anchor>}<Text size="xs" c="dimmed">{sentence(contact.role)}</Text>{contact.suppressed && <StateBadge state={contact.suppressed} tone="bad" />}{contact.phoneWrong && <StateBadge state="wrong number" tone="warn" />}</Group>
              {contact.name && <Anchor size="sm" href={`mailto:${contact.email}`}>{contact.email}</Anchor>}
              {contact.phone && <Text size="sm"><Anchor size="sm" href={`tel:${contact.phone}`}>{contact.phone}</Anchor></Text>}
            </div>
            {mayWrite && (
              <Group gap={2} wrap="nowrap" align="flex-start">
                <ActionIcon size="sm" aria-label={`Edit ${contact.email}`} onClick={() => setOpen({ kind: 'edit', contact })}><IconPencil size={14} aria-hidden /></ActionIcon>
                <ActionIcon size="sm" aria-label={`Remove ${contact.email}`} onClick={() => setOpen({ kind: 'remove', contact })}><IconTrash size={14} aria-hidden /></ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {open?.kind === 'edit' && <ContactModal customerId={customer.id} contact={open.contact} onClose={close} />}
      {open?.kind === 'remove' && <RemoveModal customerId={customer.id} contact={open.contact} onClose={close} />}
    </Section>
  );
}

function RemoveModal({ customerId, contact, onClose }: { customerId: number; contact: Contact; onClose: () => void }) {
  const remove = useRemoveContact(customerId);
  const confirm = () => remove.run(contact.id, () => {
    notifyDone('Contact removed.');
    onClose();
  });
  return (
    <ConfirmModal opened title="Remove this contact" confirmLabel="Remove" danger pending={remove.pending} error={remove.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">Nothing more is sent to {contact.email} as {sentence(contact.role).toLowerCase()} contact. What was sent stays in the timeline.</Text>
    </ConfirmModal>
  );
}
