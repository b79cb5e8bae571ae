import { Button, Divider, NativeSelect, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { peopleQuery } from '../tasks/queries';
import { roleChoices } from './AddUserModal';
import { useResetPassword, useUpdateUser, type User } from './queries';
import { SecretOnce } from './SecretOnce';

export function EditUserModal({ user, onClose }: { user: User; onClose: () => void }) {
  const update = useUpdateUser();
  const reset = useResetPassword();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [active, setActive] = useState(user.active);
  const [managerId, setManagerId] = useState(user.managerId);
  const [language, setLanguage] = useState(user.language ?? '');
  const { data: people } = useQuery(peopleQuery);
  // A new password raises the row's version: what is saved afterwards must be based on that.
  const current = reset.output?.user ?? user;
  // Who has left cannot be chosen, but may have been: what was not changed is not sent.
  const confirm = () => update.run({ user: current, body: { name: name.trim(), role, active, managerId: managerId === user.managerId ? undefined : managerId, language: language === '' ? null : language } }, () => {
    notifyDone('Saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={user.email} confirmLabel="Save" pending={update.pending} error={update.error} disabled={name.trim() === ''} onConfirm={confirm} onClose={onClose}>
      {user.mailRefused && <Text size="sm" c="var(--mantine-color-error)">No email is sent to {user.email}: {refusals[user.mailRefused]}. Release the address under Messages once it has been put right.</Text>}
      <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <NativeSelect label="Role" data={roleChoices} value={role} onChange={(event) => setRole(event.currentTarget.value as User['role'])} />
      <NativeSelect
        label="Manager" description="Whom policies write to as the manager of an account's owner" value={managerId === null ? '' : String(managerId)}
        data={[{ value: '', label: 'Nobody' }, ...managersFor(user, people?.items).map(({ id, name: called }) => ({ value: String(id), label: called }))]}
        onChange={(event) => setManagerId(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      />
      <NativeSelect
        label="Language" description="In which policies write to them about customers" value={language} data={[{ value: '', label: 'The template\u2019s own' }, ...languagesFor(user)]}
        onChange={(event) => setLanguage(event.currentTarget.value)}
      />
      <Switch label="May sign in" checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
      <Divider />
      {reset.output?.password
        ? <SecretOnce label="New password" secret={reset.output.password} />
        : <Button variant="default" loading={reset.pending} onClick={() => reset.run(user)} style={{ alignSelf: 'flex-start' }}>Give a new password</Button>}
      {reset.error ? <ErrorState error={reset.error} /> : null}
    </ConfirmModal>
  );
}

const refusals: Readonly<Record<NonNullable<User['mailRefused']>, string>> = { bounced: 'an email to it came back', complained: 'its owner marked an email as spam', 'by-hand': 'it was suppressed by hand' };

const builtinLanguages: readonly string[] = ['en', 'de', 'fr', 'es'];
const languageNames = new Intl.DisplayNames(undefined, { type: 'language' });

/** Those of the built-in templates, and the one that was set over the API. */
function languagesFor({ language }: User): { value: string; label: string }[] {
  const codes = language === null || builtinLanguages.includes(language) ? builtinLanguages : [...builtinLanguages, language];
  return codes.map((code) => ({ value: code, label: languageNames.of(code) ?? code }));
}

/** Everybody else; one who has left is still shown, so that it is seen. */
function managersFor({ id, managerId }: User, people: readonly { id: number; name: string }[] | undefined): { id: number; name: string }[] {
  if (!people) return managerId === null ? [] : [{ id: managerId, name: 'Looking it up' }];
  const others = people.filter((person) => person.id !== id);
  return managerId === null || others.some((person) => person.id === managerId) ? others : [...others, { id: managerId, name: 'Somebody who has left' }];
}
