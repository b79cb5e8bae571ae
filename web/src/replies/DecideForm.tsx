import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CustomerSelect } from '../customers/CustomerSelect';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { moneyInput, parseMoney } from '../format/money';
import { useDecideReply, type Decision, type Reply, type ReplyKind } from './queries';
import { disputeReasons, replyKinds } from './states';

type Reason = NonNullable<Decision['disputeReason']>;

/** Accepts what the classifier makes of a reply, or says otherwise. */
export function DecideForm({ reply }: { reply: Reply }) {
  const decide = useDecideReply();
  const [kind, setKind] = useState<ReplyKind>(reply.decidedKind ?? reply.kind ?? 'question');
  const [on, setOn] = useState((reply.decided ?? reply.suggested)?.on ?? '');
  const [reason, setReason] = useState<Reason>((reply.decided ?? reply.suggested)?.disputeReason ?? 'other');
  const currency = reply.invoices[0]?.currency ?? null;
  const [amount, setAmount] = useState(() => amountOf(reply, currency));
  const amountMinor = currency !== null && amount.trim() !== '' ? parseMoney(amount, currency) : null;
  const isWrongAmount = amount.trim() !== '' && !(amountMinor !== null && amountMinor > 0);
  const [customerId, setCustomerId] = useState<number | null>(null);
  const isDated = kind === 'promise' || kind === 'out-of-office';
  const isAccepted = reply.state === 'triage' && kind === reply.kind;
  const submit = () => decide.run({
    reply, decision: {
      kind, ...(isDated && on ? { on } : {}), ...(kind === 'dispute' ? { disputeReason: reason } : {}), ...(customerId !== null ? { customerId } : {}),
      ...(kind === 'promise' && amountMinor !== null ? { amountMinor } : {}),
    },
  }, () => notifyDone(`Taken as: ${replyKinds[kind].label}.`));
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="sm">
        {reply.customerId === null && <CustomerSelect label="Who wrote it" labelShown value={customerId} onChange={setCustomerId} />}
        <NativeSelect label="It is" value={kind} data={Object.entries(replyKinds).map(([value, { label }]) => ({ value, label }))} onChange={(event) => setKind(event.currentTarget.value as ReplyKind)} />
        {isDated && <TextInput type="date" label={kind === 'promise' ? 'Pays by' : 'Back on'} value={on} onChange={(event) => setOn(event.currentTarget.value)} required={kind === 'promise'} />}
        {kind === 'promise' && currency !== null && (
          <TextInput label={`Amount in ${currency}`} description="Left empty: all that is open" inputMode="decimal" value={amount} error={isWrongAmount ? `Write an amount in ${currency}, or nothing` : undefined} onChange={(event) => setAmount(event.currentTarget.value)} />
        )}
        {kind === 'dispute' && <NativeSelect label="Because" value={reason} data={Object.entries(disputeReasons).map(([value, label]) => ({ value, label }))} onChange={(event) => setReason(event.currentTarget.value as Reason)} />}
        <Text size="sm" c="dimmed">{replyKinds[kind].follows}</Text>
        {decide.error ? <ErrorState error={decide.error} /> : null}
        <Group justify="flex-end"><Button type="submit" loading={decide.pending} disabled={kind === 'promise' && isWrongAmount}>{isAccepted ? 'Accept' : 'Take it as this'}</Button></Group>
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
