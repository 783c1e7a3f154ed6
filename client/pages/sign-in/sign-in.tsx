import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { SignIn as SignInBody } from '#contract/session';
import { signIn } from '../../api/session.ts';
import { Brand } from '../../components/icon.tsx';
import { sentence } from '../../format/noun.ts';

export function SignIn() {
  const { onward = '/' } = useSearch({ from: '/sign-in' });
  const { hash } = useLocation();
  const [token, setToken] = useState<string | null>(null);
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
    if (!hash) return;
    // The token leaves the address at once, so that it stays in no history.
    router.navigate({ to: '/sign-in', search: true, replace: true });
    setToken(hash);
    mutate({ token: hash });
  }, [hash, router, mutate]);

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
            {signing.error && <p role="alert">{sentence(signing.error.message)}</p>}
            <button type="submit" className="action main" disabled={signing.isPending}>
              {needsAccount ? 'Create the account' : 'Sign in'}
            </button>
          </form>
        </>
      )}
    </main>
  );
}
