import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { ServedMetric } from '#contract/metric';
import { deleteTarget, setTarget, targetsQuery } from '../../api/targets.ts';
import { Popover } from '../../components/popover.tsx';
import { day } from '../../format/date.ts';
import { sentence } from '../../format/noun.ts';
import { amount } from '../../format/number.ts';
import { useSession } from '../../state/use-scope.ts';

/** The ACO's own target of a metric for a year, in the metric's unit; null without one. */
export function useTargets(year: string): (metric: Pick<ServedMetric, 'id'>) => number | null {
  const { data = [] } = useQuery(targetsQuery());
  return ({ id }) => data.find((target) => target.metricId === id && target.year === year)?.value ?? null;
}

/** Shows the target; an administrator sets it here. */
export function TargetControl({ metric, year }: { metric: ServedMetric; year: string }) {
  const { role } = useSession();
  const queries = useQueryClient();
  const { data = [] } = useQuery(targetsQuery());
  const target = data.find((one) => one.metricId === metric.id && one.year === year);
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['targets'] });
  const saving = useMutation({ mutationFn: (value: number) => setTarget(metric.id, year, value), onSuccess });
  const deleting = useMutation({ mutationFn: () => deleteTarget(metric.id, year), onSuccess });
  const shown = target ? amount(target.value, metric.unit) : null;
  if (role !== 'aco_admin') return shown ?? <span className="quiet">none</span>;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const panel = event.currentTarget.closest<HTMLElement>('[popover]');
    const value = Number(new FormData(event.currentTarget).get('value'));
    saving.mutate(value, { onSuccess: () => panel?.hidePopover() });
  };
  const failed = saving.error ?? deleting.error;
  const label = (
    <>
      {shown ?? <span className="screen-only">Set</span>}
      <span className="unseen"> as the target of {metric.title}</span>
    </>
  );
  return (
    <Popover label={label} title={`Target of ${metric.title} for ${year}`} className="link">
      <form className="save" onSubmit={submit} key={target?.setAt ?? 'none'}>
        <label className="field">
          Target for {year}, %
          <input
            name="value"
            type="number"
            required
            min={0}
            max={100}
            step="any"
            defaultValue={target?.value}
            inputMode="decimal"
          />
        </label>
        <p className="quiet">
          {target
            ? `Set by ${target.setBy} on ${day(target.setAt)}.`
            : `${metric.betterIs === 'lower' ? 'At most' : 'At least'} this rate. It changes no number, and everybody sees it.`}
        </p>
        {failed && <p role="alert">{sentence(failed.message)}</p>}
        <button type="submit" className="action main" disabled={saving.isPending}>
          Save
        </button>
        {target && (
          <button type="button" className="link" disabled={deleting.isPending} onClick={() => deleting.mutate()}>
            Remove the target
          </button>
        )}
      </form>
    </Popover>
  );
}
