import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePutIssueType, type IssueType } from '../customers/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';

const codePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function IssueTypeModal({ type, onClose }: { type: IssueType | null; onClose: () => void }) {
  const [{ code, label, active }, setFields] = useState<IssueType>(type ?? { code: '', label: '', active: true });
  const put = usePutIssueType();
  const confirm = () => put.run({ code, label: label.trim(), active }, () => {
    notifyDone('Kind saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={type ? `Kind of entry: ${type.label}` : 'Add a kind of entry'} confirmLabel="Save" disabled={!codePattern.test(code) || label.trim() === ''} pending={put.pending} error={put.error} onConfirm={confirm} onClose={onClose}>
      <TextInput label="Name" required data-autofocus value={label} onChange={(event) => { const text = event.currentTarget.value; setFields({ code: type ? code : codeOf(text), label: text, active }); }} />
      {!type && <TextInput label="Code" description="As the API calls it: small letters, digits and hyphens" required value={code} onChange={(event) => setFields({ code: event.currentTarget.value, label, active })} />}
      {type && <Switch label="In use" description="Entries keep their kind" checked={active} onChange={(event) => setFields({ code, label, active: event.currentTarget.checked })} />}
    </ConfirmModal>
  );
}

function codeOf(label: string): string {
  return label.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
}
