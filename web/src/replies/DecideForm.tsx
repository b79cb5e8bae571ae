import { Box, Button, Group, Input, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CustomerSelect } from '../customers/CustomerSelect';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { moneyInput, parseMoney } from '../format/money';
import { InvoiceChecklist } from '../invoices/InvoiceChecklist';
import { useDecideReply, type Decision, type Reply, type ReplyKind } from './queries';
import { disputeReasons, replyKinds } from './states';

type Reason = NonNullable<Decision['disputeReason']>;

/** Accepts what the classifier makes of a reply, or says otherwise. */
export function DecideForm({ reply }: { reply: Reply }) {
  const decide = useDecideReply();
  const [kind, setKind] = useState<ReplyKind>(reply.decidedKind ?? reply.kind ?? 'question');
  const [on, setOn] = useState((reply.decided ?? reply.suggested)?.on ?? '');
  const [reason, setReason] = useState<Reason>((reply.decided ?? reply.suggested)?.disputeReason ?? 'other');
  const isChoosing = kind === 'promise' || kind === 'dispute';
  const offered = reply.invoices.filter(({ openMinor }) => openMinor > 0).map(({ invoiceId, ...invoice }) => ({ ...invoice, id: invoiceId }));
  // Null: nobody has chosen, and what the mail says decides.
  const [picked, setPicked] = useState<readonly number[] | null>(reply.decided?.invoiceIds ?? null);
  const chosen = picked === null ? offered : offered.filter(({ id }) => picked.includes(id));
  const isPart = kind === 'dispute' && picked !== null && chosen.length === 1;
  const currency = chosen[0]?.currency ?? null;
  const [amount, setAmount] = useState(() => amountOf(reply, currency));
  const amountMinor = currency !== null && amount.trim() !== '' ? parseMoney(amount, currency) : null;
  const isWrongAmount = amount.trim() !== '' && !(amountMinor !== null && amountMinor > 0);
  const [customerId, setCustomerId] = useState<number | null>(null);
  const isDated = kind === 'promise' || kind === 'out-of-office';
  const takesAmount = kind === 'promise' || isPart;
  const isAccepted = reply.state === 'triage' && kind === reply.kind;
  const submit = () => decide.run({
    reply, decision: {
      kind, ...(isDated && on ? { on } : {}), ...(kind === 'dispute' ? { disputeReason: reason } : {}), ...(customerId !== null ? { customerId } : {}),
      ...(takesAmount && amountMinor !== null ? { amountMinor } : {}),
      ...(isChoosing && picked !== null && chosen.length > 0 ? { invoiceIds: chosen.map(({ id }) => id) } : {}),
    },
  }, () => notifyDone(`Taken as: ${replyKinds[kind].label}.`));
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="sm">
        {reply.customerId === null && <CustomerSelect label="Who wrote it" labelShown value={customerId} onChange={setCustomerId} />}
        <NativeSelect label="It is" value={kind} data={Object.entries(replyKinds).map(([value, { label }]) => ({ value, label }))} onChange={(event) => setKind(event.currentTarget.value as ReplyKind)} />
        {isDated && <TextInput type="date" label={kind === 'promise' ? 'Pays by' : 'Back on'} value={on} onChange={(event) => setOn(event.currentTarget.value)} required={kind === 'promise'} />}
        {isChoosing && offered.length > 0 && (
          <Input.Wrapper label={kind === 'promise' ? 'It promises' : 'It disputes'} description={kind === 'dispute' && picked === null ? 'Until you choose: the invoices that it names' : undefined} labelElement="div">
            <Box mt={6}>
              <InvoiceChecklist
                offered={offered} isChosen={(id) => (kind === 'promise' || picked !== null) && chosen.some((each) => each.id === id)}
                onChange={(id, on) => setPicked(on ? [...(kind === 'dispute' && picked === null ? [] : chosen.map((each) => each.id)), id] : chosen.map((each) => each.id).filter((each) => each !== id))}
              />
            </Box>
          </Input.Wrapper>
        )}
        {takesAmount && currency !== null && (
          <TextInput label={kind === 'promise' ? `Amount in ${currency}` : `Disputed part in ${currency}`} description="Left empty: all that is open" inputMode="decimal" value={amount} error={isWrongAmount ? `Write an amount in ${currency}, or nothing` : undefined} onChange={(event) => setAmount(event.currentTarget.value)} />
        )}
        {kind === 'dispute' && <NativeSelect label="Because" value={reason} data={Object.entries(disputeReasons).map(([value, label]) => ({ value, label }))} onChange={(event) => setReason(event.currentTarget.value as Reason)} />}
        <Text size="sm" c="dimmed">{kind === 'dispute' && picked !== null ? `A dispute is opened on the ${chosen.length === 1 ? 'invoice' : 'invoices'} that you chose, and somebody gets a task.` : replyKinds[kind].follows}</Text>
        {decide.error ? <ErrorState error={decide.error} /> : null}
        <Group justify="flex-end"><Button type="submit" loading={decide.pending} disabled={(takesAmount && isWrongAmount) || (isChoosing && picked !== null && chosen.length === 0)}>{isAccepted ? 'Accept' : 'Take it as this'}</Button></Group>
      </Stack>
    </form>
  );
}

/** What was decided, or else what the mail names, if it names it in the invoices' currency. */
function amountOf({ decided, suggested }: Reply, currency: string | null): string {
  if (currency === null) return '';
  if (decided) return decided.amountMinor === null ? '' : moneyInput(decided.amountMinor, currency);
  const named = suggested?.amount;
  return named && (named.currency === null || named.currency === currency) ? named.decimal : '';
}
