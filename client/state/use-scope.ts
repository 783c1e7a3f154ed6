import { useSuspenseQuery } from '@tanstack/react-query';
import { useMatches, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { catalogueQuery } from '../api/catalogue.ts';
import { sessionQuery } from '../api/session.ts';
import { resolveScope, type ScopeSearch } from './scope.ts';

/** These are loaded before any page of the shell is drawn. */
export const useCatalogue = () => useSuspenseQuery(catalogueQuery()).data;
export const useSession = () => useSuspenseQuery(sessionQuery()).data;

export function useScope() {
  const search = useSearch({ from: '/app' });
  const catalogue = useCatalogue();
  const { modes } = useSession();
  const shareable = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.shareable) });
  return useMemo(
    () => resolveScope(shareable ? { ...search, mode: 'shareable' } : search, catalogue, modes),
    [search, catalogue, modes, shareable],
  );
}

/** Changes the shared part of the address and starts lists over at their first page. */
export function useChangeScope() {
  const navigate = useNavigate();
  return (change: Partial<ScopeSearch>, { replace = false } = {}) =>
    navigate({
      to: '.',
      search: (search) => ({ ...search, page: undefined, ...change }),
      replace,
      resetScroll: false,
    });
}

/** Whether the table of a lettered figure stands in for its chart. */
export function useTable(letter: string) {
  const { tables = '' } = useSearch({ from: '/app' });
  const change = useChangeScope();
  const open = tables.includes(letter);
  const toggled = open ? tables.replace(letter, '') : [...tables, letter].sort().join('');
  return { open, toggle: () => change({ tables: toggled || undefined }, { replace: true }) };
}
