import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatFilter, parseFilter } from '#contract/filter';
import type { ServedMetric } from '#contract/metric';
import type { Part } from '#contract/result';
import { Arrow } from '../components/icon.tsx';
import { ExportMenu } from '../shell/export-menu.tsx';
import { type Months, narrow, type Scope } from '../state/scope.ts';
import { useScope } from '../state/use-scope.ts';
import { useAsked } from './use-metric.ts';

/** Which cell of which number: its group, its months, its part. */
interface Behind {
  readonly metric: Pick<ServedMetric, 'id'>;
  readonly part?: Part;
  readonly component?: string;
  readonly reason?: string;
  /** Month by whose end a measure was met. */
  readonly met?: string;
  /** Values of the cell's group, by dimension; '' for not known. */
  readonly group?: Readonly<Record<string, string>>;
  readonly month?: string;
  /** The first of several months that end with `month`. */
  readonly from?: string;
}

/** Where the list behind a number is; null in shareable mode, and where one filter cannot say the cell. */
export function behindLink(
  { metric, part, component, reason, met, group = {}, month, from = month }: Behind,
  scope: Scope,
) {
  const also = Object.fromEntries(Object.entries(group).map(([dimension, value]) => [dimension, [value]]));
  if (scope.mode === 'shareable' || narrow(parseFilter(scope.where), also) === null) return null;
  return {
    to: '/rows/$metric' as const,
    params: { metric: metric.id },
    search: {
      part: part === 'numerator' ? undefined : part,
      component,
      reason,
      met,
      also: formatFilter(also) || undefined,
      from,
      until: month,
    },
  };
}

/** Opens the list behind a number, where there is one. */
export function useOpen(): (behind: Behind) => void {
  const scope = useScope();
  const navigate = useNavigate();
  return (behind) => {
    const link = behindLink(behind, scope);
    if (link) navigate(link);
  };
}

/** "See the 584 stays →" */
export function See({ children, ...behind }: Behind & { children: ReactNode }) {
  const link = behindLink(behind, useScope());
  return (
    link && (
      <Link className="see" {...link}>
        {children}
        <Arrow />
      </Link>
    )
  );
}

/** The answer that a figure is drawn from, as a file. */
export function ExportMetric({ metric, by, months }: { metric: ServedMetric; by: readonly string[]; months?: Months }) {
  const { from, to, where } = useAsked(metric, by, months);
  return <ExportMenu path={`metrics/${metric.id}`} query={{ by: by.join(), from, to, where }} />;
}

/** Opens the drawer. */
export const HowComputed = ({ metric }: { metric: Pick<ServedMetric, 'id'> }) => (
  <Link className="link" to="." search={(search) => ({ ...search, explain: metric.id })} resetScroll={false} replace>
    How computed
  </Link>
);
