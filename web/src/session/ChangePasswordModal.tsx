import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useChangePassword } from './queries';

const passwordLengthMin = 12;

export function ChangePasswordModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const changePassword = useChangePassword();
  const close = () => {
    setCurrent('');
    setNext('');
    changePassword.reset();
    onClose();
  };
  const confirm = () => changePassword.run({ current, next }, () => {
    notifyDone('Your password is changed. Your other sessions were signed out.');
    close();
  });
  return (
    <ConfirmModal
      opened={opened} title="Change your password" confirmLabel="Change password" onConfirm={confirm} onClose={close}
      pending={changePassword.pending} error={changePassword.error} disabled={current === '' || next.length < passwordLengthMin}
    >
      <PasswordInput label="Current password" autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.currentTarget.value)} data-autofocus />
      <PasswordInput label="New password" description={`At least ${passwordLengthMin} characters`} autoComplete="new-password" value={next} onChange={(event) => setNext(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
