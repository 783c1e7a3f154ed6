import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Cohort } from '#contract/dimension';
import { formatFilter, parseFilter } from '#contract/filter';
import { deleteCohort, saveCohort } from '../api/cohorts.ts';
import { Dialog } from '../components/dialog.tsx';
import { FilterBar, FilterList } from '../components/filter-bar.tsx';
import { Popover } from '../components/popover.tsx';
import { months } from '../format/date.ts';
import { listed, sentence } from '../format/noun.ts';
import { useCatalogue, useChangeScope, useScope } from '../state/use-scope.ts';
import { CohortChoice, CompareChoice, ModeChoice, PeriodChoice } from './scope-controls.tsx';

/** One line of filters under the answer; on a phone one button that opens them all. */
export function ScopeFilters() {
  const scope = useScope();
  const change = useChangeScope();
  const [open, setOpen] = useState(false);
  const dimensions = useCatalogue().dimensions.filter(({ scope }) => scope !== 'subject');
  const filters = {
    dimensions,
    chosen: scope.chosen,
    fixed: parseFilter(scope.cohort?.where ?? ''),
    onChange: (chosen: typeof scope.chosen) => change({ where: formatFilter(chosen) || undefined }),
  };
  const set = Object.keys(scope.chosen).length;
  return (
    <>
      <div className="filters">
        <FilterBar {...filters} />
        {scope.unused.length > 0 && <span>Left out of the link: {listed(scope.unused)}</span>}
        <span className="filters-end">
          {set > 0 && (
            <>
              <SaveCohort />
              <button type="button" className="link" onClick={() => change({ where: undefined })}>
                Clear
              </button>
            </>
          )}
          {scope.cohort && !scope.cohort.preset && <DeleteCohort cohort={scope.cohort} />}
        </span>
      </div>
      <div className="filter-line">
        <span>
          <b>{scope.cohort?.title ?? 'Everyone'}</b>, {months(scope.months.from, scope.months.to)}
          {set > 0 && `, ${set} filter${set === 1 ? '' : 's'}`}
        </span>
        <button type="button" onClick={() => setOpen(true)}>
          Change
        </button>
      </div>
      {open && (
        <Dialog title="Whom and when" kind="sheet" onClose={() => setOpen(false)}>
          <div className="sheet-choices">
            <CohortChoice />
            <CompareChoice />
            <PeriodChoice />
            <ModeChoice />
          </div>
          <FilterList {...filters} />
          <div className="sheet-end">
            <button type="button" className="link" onClick={() => change({ where: undefined })}>
              Clear filters
            </button>
            <button type="button" className="action main" onClick={() => setOpen(false)}>
              Show
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Gives the present filters a name, and makes them the cohort. */
function SaveCohort() {
  const { where } = useScope();
  const change = useChangeScope();
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: saveCohort,
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['catalogue'] });
      change({ cohort: id, where: undefined });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    saving.mutate({ title: String(new FormData(event.currentTarget).get('title')), description: '', where });
  };
  return (
    <Popover label="Save as cohort" title="Save as cohort" className="link">
      <form className="save" onSubmit={submit}>
        <label className="field">
          Name
          <input name="title" required maxLength={80} autoComplete="off" />
        </label>
        <p className="quiet">The people are found anew each time; no list is kept.</p>
        {saving.error && <p role="alert">{sentence(saving.error.message)}</p>}
        <button type="submit" className="action main" disabled={saving.isPending}>
          Save
        </button>
      </form>
    </Popover>
  );
}

function DeleteCohort({ cohort }: { cohort: Cohort }) {
  const change = useChangeScope();
  const queries = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteCohort(cohort.id),
    onSuccess: async () => {
      await change({ cohort: undefined });
      await queries.invalidateQueries({ queryKey: ['catalogue'] });
    },
  });
  return (
    <Popover label="Delete cohort" title="Delete cohort" className="link">
      <div className="save">
        <p>Delete the cohort {cohort.title}? Links to it will show everyone.</p>
        {deleting.error && <p role="alert">{sentence(deleting.error.message)}</p>}
        <button type="button" className="action" disabled={deleting.isPending} onClick={() => deleting.mutate()}>
          Delete
        </button>
      </div>
    </Popover>
  );
}
