import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type Filter, formatFilter, parseFilter } from '#contract/filter';
import { saveCohort } from '../api/saved-cohorts.ts';
import { Dialog } from '../components/dialog.tsx';
import { FilterBar, FilterList } from '../components/filter-bar.tsx';
import { Popover } from '../components/popover.tsx';
import { months } from '../format/date.ts';
import { listed, sentence } from '../format/noun.ts';
import { RULES } from '../state/scope.ts';
import { useCatalogue, useChangeScope, useScope } from '../state/use-scope.ts';
import { DeleteCohort, useCohortsChanged } from './delete-cohort.tsx';
import { CONTRACT, CohortChoice, CompareChoice, ContractChoice, ModeChoice, PeriodChoice } from './scope-controls.tsx';

/** One line of filters under the answer; on a phone one button that opens them all. */
export function ScopeFilters() {
  const scope = useScope();
  const change = useChangeScope();
  const [open, setOpen] = useState(false);
  const fixed = parseFilter(scope.cohort?.where ?? '');
  const filters = {
    dimensions: useCatalogue().dimensions.filter(
      ({ id, scope, values }) => scope !== 'subject' && values.length > 0 && (id !== CONTRACT || id in fixed),
    ),
    chosen: scope.chosen,
    fixed,
    onChange: (chosen: typeof scope.chosen) => change({ where: formatFilter(chosen) || undefined }),
  };
  const set = Object.keys(scope.chosen).length;
  return (
    <>
      <div className="filters">
        <Rules chosen={scope.chosen} />
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
          {scope.cohort && !scope.cohort.preset && (
            <DeleteCohort cohort={scope.cohort} label="Delete cohort" onDeleted={() => change({ cohort: undefined })} />
          )}
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
            <ContractChoice />
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

/** Rules of the builder that nobody saved, and the way back to them. */
function Rules({ chosen: { [RULES]: trees = [] } }: { chosen: Filter }) {
  const [tree] = trees;
  return (
    tree && (
      <span className="filter">
        Rules{' '}
        <Link to="/cohorts/build" search={{ tree }} className="word chosen">
          not saved
        </Link>
      </span>
    )
  );
}

/** Gives the present filters a name, and makes them the cohort. */
function SaveCohort() {
  const { where } = useScope();
  const change = useChangeScope();
  const settle = useCohortsChanged();
  const saving = useMutation({
    mutationFn: saveCohort,
    onSuccess: async ({ id }) => {
      await settle();
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
