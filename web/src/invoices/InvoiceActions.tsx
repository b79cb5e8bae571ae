import { Button, Menu } from '@mantine/core';
import { IconCalendarCheck, IconCash, IconClipboardPlus, IconScale, IconChevronDown, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconReceiptRefund, IconReceiptOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DisputeModal } from '../claims/DisputeModal';
import { PromiseModal } from '../claims/PromiseModal';
import { RequestWriteOffModal } from '../approvals/RequestWriteOffModal';
import { useMay } from '../session/useMay';
import { NewTaskModal } from '../tasks/NewTaskModal';
import { ControlModal } from './ControlModal';
import { CreditNoteModal } from './CreditNoteModal';
import { PaymentModal } from './PaymentModal';
import { ladderQuery, type Invoice } from './queries';
import { WriteOffModal } from './WriteOffModal';

type Asked = 'task' | 'promise' | 'dispute' | 'request-write-off' | 'payment' | 'credit-note' | 'write-off' | 'pause' | 'resume' | 'stop';

/** What this person may do with this invoice now. */
export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const zone = useQuery(ladderQuery(invoice.id)).data?.timeZone ?? 'UTC';
  const close = () => setAsked(null);
  const { collection } = invoice;
  const collected = may('control-collection') && collection?.state === 'active' && !collection.stopped;
  const claims = may('control-collection') && invoice.openMinor > 0 && invoice.documentState === 'issued';
  const settles = may('write-ledger') && invoice.openMinor > 0;
  return (
    <>
      {collected && (collection.paused
        ? <Button variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setAsked('resume')}>Resume</Button>
        : <Button variant="default" leftSection={<IconPlayerPause size={14} aria-hidden />} onClick={() => setAsked('pause')}>Pause</Button>)}
      {collected && <Button variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={() => setAsked('stop')}>Stop</Button>}
      {may('work-tasks') && <Button variant="default" leftSection={<IconClipboardPlus size={14} aria-hidden />} onClick={() => setAsked('task')}>Task</Button>}
      {claims && <Button variant="default" leftSection={<IconCalendarCheck size={14} aria-hidden />} onClick={() => setAsked('promise')}>Promise</Button>}
      {claims && <Button variant="default" leftSection={<IconScale size={14} aria-hidden />} onClick={() => setAsked('dispute')}>Dispute</Button>}
      {!may('write-ledger') && may('control-collection') && invoice.openMinor > 0 && <Button variant="default" leftSection={<IconReceiptOff size={14} aria-hidden />} onClick={() => setAsked('request-write-off')}>Ask for a write-off</Button>}
      {settles && <SettleMenu onAsk={setAsked} />}
      {(asked === 'pause' || asked === 'resume' || asked === 'stop') && <ControlModal invoice={invoice} kind={asked} zone={zone} onClose={close} />}
      {asked === 'task' && <NewTaskModal about={{ customerId: invoice.customerId, invoiceId: invoice.id, name: invoice.number }} onClose={close} />}
      {asked === 'promise' && <PromiseModal invoice={invoice} onClose={close} />}
      {asked === 'dispute' && <DisputeModal invoice={invoice} onClose={close} />}
      {asked === 'payment' && <PaymentModal invoice={invoice} onClose={close} />}
      {asked === 'credit-note' && <CreditNoteModal invoice={invoice} onClose={close} />}
      {asked === 'request-write-off' && <RequestWriteOffModal invoice={invoice} onClose={close} />}
      {asked === 'write-off' && <WriteOffModal invoice={invoice} onClose={close} />}
    </>
  );
}

function SettleMenu({ onAsk }: { onAsk: (what: Asked) => void }) {
  return (
    <Button.Group>
      <Button leftSection={<IconCash size={14} aria-hidden />} onClick={() => onAsk('payment')}>Record payment</Button>
      <Menu position="bottom-end">
        <Menu.Target><Button px={6} aria-label="More ways to settle"><IconChevronDown size={14} aria-hidden /></Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconReceiptRefund size={14} aria-hidden />} onClick={() => onAsk('credit-note')}>Credit note</Menu.Item>
          <Menu.Item leftSection={<IconReceiptOff size={14} aria-hidden />} onClick={() => onAsk('write-off')}>Write off</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
