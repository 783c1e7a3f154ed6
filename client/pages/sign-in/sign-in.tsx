import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { SignIn as SignInBody } from '#contract/session';
import { signIn } from '../../api/session.ts';
import { Brand } from '../../components/icon.tsx';

/** The token after the # of a sign-in link; taken out of the address at once, so that it stays in no history. */
function takeToken(): string | null {
  const token = window.location.hash.slice(1) || null;
  if (token) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return token;
}

export function SignIn() {
  const [token] = useState(takeToken);
  const { onward = '/' } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queries = useQueryClient();
  const signing = useMutation({
    mutationFn: (body: SignInBody) => signIn(body),
    onSuccess: (session) => {
      if (session.needsAccount) return;
      queries.setQueryData(['session'], session);
      router.history.replace(onward);
    },
  });
  const { mutate } = signing;
  useEffect(() => {
    if (token) mutate({ token });
  }, [token, mutate]);

  const needsAccount = token !== null && signing.data?.needsAccount;
  const opening =
    signing.isPending &&
    token !== null &&
    signing.variables !== undefined &&
    'token' in signing.variables &&
    !signing.variables.account;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const account = { name: String(form.get('name')).trim(), password: String(form.get('password')) };
    mutate(needsAccount ? { token, account } : account);
  };
  return (
    <main className="sign-in">
      <title>Sign in · Throughline</title>
      <p className="brand">
        <Brand />
        <span>Throughline</span>
      </p>
      {opening ? (
        <p role="status">Signing in</p>
      ) : (
        <>
          <h1>{needsAccount ? 'Name the first administrator' : 'Sign in'}</h1>
          <p className="quiet">
            {needsAccount
              ? 'This installation has no account yet. The first one can see everything and add others.'
              : 'With the name and password that your administrator gave you, or with the link that the server printed when it started.'}
          </p>
          <form onSubmit={submit}>
            <label className="field">
              Name
              <input name="name" required maxLength={80} autoComplete="username" />
            </label>
            <label className="field">
              Password
              <input
                name="password"
                type="password"
                required
                minLength={needsAccount ? 12 : undefined}
                maxLength={200}
                autoComplete={needsAccount ? 'new-password' : 'current-password'}
              />
            </label>
            {needsAccount && <p className="quiet">At least 12 characters.</p>}
            {signing.error && <p role="alert">{signing.error.message}</p>}
            <button type="submit" className="action main" disabled={signing.isPending}>
              {needsAccount ? 'Create the account' : 'Sign in'}
            </button>
          </form>
        </>
      )}
    </main>
  );
}
