import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { COHORT } from '#contract/cohort';
import type { Cohort } from '#contract/dimension';
import { formatFilter } from '#contract/filter';
import { changeCohort, saveCohort } from '../../api/saved-cohorts.ts';
import { Popover } from '../../components/popover.tsx';
import { sentence } from '../../format/noun.ts';
import { CopyLink } from '../../shell/bar.tsx';
import { useCohortsChanged } from '../../shell/delete-cohort.tsx';

/** The filter that a tree of rules is. */
export const whereOf = (tree: string): string => formatFilter({ [COHORT]: [tree] });

/** What can be done with any cohort: `cohort` is the id of a saved one or preset, `where` the rules of one not saved. */
export const Ways = (scope: { readonly cohort: string | undefined; readonly where: string | undefined }) => (
  <>
    <Link to="/patients" search={scope} className="see">
      See the people
    </Link>
    <Link to="/" search={scope}>
      Use on every page
    </Link>
    <CopyLink />
  </>
);

interface SaveProps {
  readonly label: string;
  readonly where: string;
  /** The cohort that is changed; without it a new one is saved. */
  readonly of?: Cohort;
  readonly title: string;
  readonly description: string;
  readonly onSaved: (cohort: Cohort) => void;
}

/** Asks for a name and saves the rules under it. */
export function Save({ label, where, of, title, description, onSaved }: SaveProps) {
  const settle = useCohortsChanged();
  const saving = useMutation({
    mutationFn: (draft: { title: string; description: string; where: string }) =>
      of ? changeCohort(of.id, draft) : saveCohort(draft),
    onSuccess: async (cohort) => {
      await settle();
      onSaved(cohort);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    saving.mutate({ title: String(form.get('title')), description: String(form.get('description')), where });
  };
  return (
    <Popover label={label} title={label} className={of ? 'action' : 'action main'}>
      <form className="save" onSubmit={submit}>
        <label className="field">
          Name
          <input name="title" required maxLength={80} autoComplete="off" defaultValue={title} />
        </label>
        <label className="field">
          What it is for
          <input name="description" maxLength={400} autoComplete="off" defaultValue={description} />
        </label>
        <p className="quiet">
          {of ? 'What it was stays as a former version.' : 'The people are found anew each time; no list is kept.'}
        </p>
        {saving.error && <p role="alert">{sentence(saving.error.message)}.</p>}
        <button type="submit" className="action main" disabled={saving.isPending}>
          Save
        </button>
      </form>
    </Popover>
  );
}
