import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Cohort } from '#contract/dimension';
import { deleteCohort } from '../api/saved-cohorts.ts';
import { Popover } from '../components/popover.tsx';
import { sentence } from '../format/noun.ts';

/** To be called after a change: every list of cohorts is asked for anew. */
export function useCohortsChanged() {
  const queries = useQueryClient();
  return () => Promise.all([['catalogue'], ['cohorts']].map((queryKey) => queries.invalidateQueries({ queryKey })));
}

interface DeleteProps {
  readonly cohort: Cohort;
  readonly label: string;
  /** Leaves what shows the cohort, before the lists are asked for anew. */
  readonly onDeleted: () => Promise<void>;
}

export function DeleteCohort({ cohort, label, onDeleted }: DeleteProps) {
  const settle = useCohortsChanged();
  const deleting = useMutation({
    mutationFn: () => deleteCohort(cohort.id),
    onSuccess: async () => {
      await onDeleted();
      await settle();
    },
  });
  return (
    <Popover label={label} title="Delete cohort" className="link">
      <div className="save">
        <p>Delete the cohort {cohort.title}? Links to it will show everyone.</p>
        {deleting.error && <p role="alert">{sentence(deleting.error.message)}.</p>}
        <button type="button" className="action" disabled={deleting.isPending} onClick={() => deleting.mutate()}>
          Delete
        </button>
      </div>
    </Popover>
  );
}
