import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { SchemeToggle } from '../app/SchemeToggle';
import { ErrorState } from '../feedback/ErrorState';
import classes from './SignInPage.module.css';
import { pathWithin } from './pathWithin';
import { sessionQuery, useSignIn } from './queries';

export function SignInPage() {
  const { data: me } = useQuery(sessionQuery);
  const [params] = useSearchParams();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  if (me) return <Navigate to={pathWithin(params.get('next'))} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.run({ email, password });
  };
  return (
    <main className={classes.page}>
      <title>Sign in · Dunwell</title>
      <div className={classes.toggle}><SchemeToggle /></div>
      <Paper className={classes.card} p="xl">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <div className={classes.brand}><img src="/favicon.svg" alt="" width={28} height={28} /><Title order={1}>Sign in to Dunwell</Title></div>
            {signIn.error ? <ErrorState error={signIn.error} /> : null}
            <TextInput size="sm" label="Email" type="email" name="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
            <PasswordInput label="Password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }} />
            <Button type="submit" size="sm" loading={signIn.pending} mt={4}>Sign in</Button>
            <Text size="xs" c="dimmed">On a new installation, the address and password of the first administrator are printed where it was started.</Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
