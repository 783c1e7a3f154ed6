import { Link, useMatches } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { behindOf } from './rows/behind.ts';

/** The list that is open, or that led here. */
const useBehind = (): string | undefined =>
  useMatches({
    select: (matches): string | undefined => {
      const last = matches.at(-1);
      if (last?.routeId === '/app/rows/$metric') return behindOf({ metric: last.params.metric, search: last.search });
      return last && 'behind' in last.search ? last.search.behind : undefined;
    },
  });

interface PersonRouteProps {
  readonly id: string;
  /** The event of theirs that opens. */
  readonly event?: string;
  readonly children: ReactNode;
}

/** The way to a person, which remembers the list that led there. */
export const PersonRoute = ({ id, event, children }: PersonRouteProps) => (
  <Link to="/patients/$key" params={{ key: id }} search={{ event, behind: useBehind() }}>
    {children}
  </Link>
);

interface ClaimRouteProps {
  readonly id: string;
  readonly source: string | null | undefined;
  readonly children: ReactNode;
}

/** The way to a claim, which remembers the list that led there. */
export const ClaimRoute = ({ id, source, children }: ClaimRouteProps) => (
  <Link to="/claims/$id" params={{ id }} search={{ source: source ?? undefined, behind: useBehind() }}>
    {children}
  </Link>
);
