import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { textOf } from '#contract/cohort';
import type { Cohort } from '#contract/dimension';
import { cohortsQuery, previewQuery, vocabularyQuery } from '../../api/cohorts.ts';
import { RequestFailed } from '../../api/request.ts';
import { Head } from '../../components/answer.tsx';
import { Message, Skeleton, Waiting } from '../../components/states.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { Save, Ways, whereOf } from './actions.tsx';
import { type Draft, opened, type Problem, read, refused } from './draft.ts';
import { GroupEditor } from './rule-editor.tsx';
import type { Offered } from './rule-forms.ts';
import { Size } from './size.tsx';

const Preview = lazy(() => import('./preview.tsx'));

const PAUSE_MS = 300;
const EVERYBODY = textOf({ kind: 'all', rules: [] });

/** Rules are written here; the address holds them as soon as they are complete, and the preview follows the address. */
export function Builder() {
  const { tree, of } = useSearch({ from: '/app/cohorts/build' });
  const { mode } = useScope();
  const { dimensions } = useCatalogue();
  const vocabulary = useQuery(vocabularyQuery(mode));
  const all = useQuery(cohortsQuery(mode));
  const offered = useMemo(
    () => vocabulary.data && { ...vocabulary.data, dimensions, cohorts: all.data?.cohorts ?? [] },
    [vocabulary.data, dimensions, all.data],
  );
  const known = useMemo(() => readable(tree), [tree]);
  const cohort = all.data?.cohorts.find(({ id, preset }) => id === of && !preset);
  if (known === null)
    return (
      <Head title="Build a cohort" question="Build a cohort">
        <Message title="These rules cannot be read" urgent>
          <p>The link is cut off or damaged. Ask for it again, or start anew.</p>
          <Link to="/cohorts/build" className="action">
            Start anew
          </Link>
        </Message>
      </Head>
    );
  return <Editing tree={tree} held={known} offered={offered} of={cohort} waiting={vocabulary} />;
}

function readable(tree: string | undefined): Draft | null {
  try {
    return opened(tree);
  } catch {
    return null;
  }
}

interface EditingProps {
  readonly tree: string | undefined;
  /** The rules of `tree`. */
  readonly held: Draft;
  readonly offered: Offered | undefined;
  /** The saved cohort that is being changed. */
  readonly of: Cohort | undefined;
  readonly waiting: Parameters<typeof Waiting>[0]['on'][number];
}

function Editing({ tree, held, offered, of, waiting }: EditingProps) {
  const { mode } = useScope();
  const navigate = useNavigate();
  const [draft, setDraft] = useDraft(tree, held);
  const state = useMemo(() => read(draft), [draft]);
  const preview = useQuery(previewQuery(tree ?? EVERYBODY, mode));
  const refusal = preview.error instanceof RequestFailed && preview.error.code === 'bad_request' ? preview.error : null;
  const problems: readonly Problem[] = 'problems' in state ? state.problems : refusal ? [refused(refusal.message)] : [];
  const settled = 'text' in state && state.text === tree && !preview.isPlaceholderData;
  const text = 'text' in state ? state.text : undefined;
  const onSaved = ({ id }: Cohort) => navigate({ to: '/cohorts/$id', params: { id } });
  return (
    <>
      <Head title="Build a cohort" question={of ? `Change ${of.title}` : 'Whom do you look for?'}>
        {preview.data ? (
          <div aria-live="polite">
            <Size evaluated={preview.data}>
              {problems.length > 0 && '; the last change is not in it, because it is not complete'}
            </Size>
          </div>
        ) : (
          problems.length === 0 && <Waiting on={[preview]} lines={2} />
        )}
        {problems.length > 0 ? (
          <p className="rows-acts">Complete the rules to save or use them.</p>
        ) : text === undefined ? (
          <p className="rows-acts">
            Add a first rule. Rules are read as of the last day of the data, whatever the months of a number.
          </p>
        ) : (
          <div className="rows-acts">
            {of && (
              <Save
                {...{
                  label: 'Save changes',
                  of,
                  title: of.title,
                  description: of.description,
                  where: whereOf(text),
                  onSaved,
                }}
              />
            )}
            <Save
              {...{ label: of ? 'Save as new' : 'Save', title: '', description: '', where: whereOf(text), onSaved }}
            />
            <Ways cohort={undefined} where={whereOf(text)} />
          </div>
        )}
      </Head>
      <section className="builder" aria-label="Rules">
        {offered ? (
          <GroupEditor
            draft={draft}
            path=""
            offered={offered}
            problems={problems}
            steps={settled ? (preview.data?.steps ?? []) : []}
            onChange={setDraft}
          />
        ) : (
          <Waiting on={[waiting]} lines={8} />
        )}
      </section>
      {preview.data && !refusal && (
        <Suspense fallback={<Skeleton lines={12} />}>
          <Preview evaluated={preview.data} />
        </Suspense>
      )}
    </>
  );
}

/** The draft, and the way of a complete one into the address after a pause; what comes by the address replaces it. */
function useDraft(tree: string | undefined, held: Draft) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(held);
  const written = useRef(tree);
  useEffect(() => {
    if (written.current !== tree) setDraft(held);
    written.current = tree;
  }, [tree, held]);
  useEffect(() => {
    const state = read(draft);
    if (!('text' in state) || state.text === written.current) return;
    const { text } = state;
    const pause = setTimeout(() => {
      written.current = text;
      navigate({ to: '.', search: (search) => ({ ...search, tree: text }), replace: true, resetScroll: false });
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [draft, navigate]);
  return [draft, setDraft] as const;
}
