import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HccGapCounts, HccGapKind, HccGapPerson, HccGapPersonsQuery } from '#contract/hcc';
import { hccGapCountsQuery, hccGapPersonsQuery } from '../../api/hcc.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Pages } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { dated, day } from '../../format/date.ts';
import { categoryLabel } from '../../format/hcc.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count, ROUGHLY, SUPPRESSION } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import { Adds } from '../person/risk-adjustment.tsx';
import { PersonLink } from '../subject-table.tsx';

type Category = HccGapCounts['categories'][number];

/** The gaps that the list shows: all, of one kind, or of one category as well. */
interface Chosen {
  readonly kind?: HccGapKind;
  readonly category?: Category;
}

const SIZE = 10;
const person = noun('person', 'people');

/** CMS-HCC categories that a visit could settle: how many people by category, and who. Nothing where nobody is scored. */
export function Recapture({ letters: [first, second] }: { letters: readonly [string, string] }) {
  const { where, mode } = useScope();
  const { data } = useQuery(hccGapCountsQuery({ where, mode }));
  const [chosen, setChosen] = useState<Chosen>({});
  if (!data || data.payment_year === null) return null;
  return (
    <>
      <Figure
        letter={first}
        span={5}
        title={findingOf(data)}
        sub={`CMS-HCC categories of payment year ${data.payment_year}, from the claims of ${data.data_year} so far: people by category.`}
        note={`Recapture: a lasting category of the year before that no claim has brought yet. Suspect: results, medicines or the chart hint at one; a clinician judges, nothing here is a diagnosis. Without the dead, those who left and those whose claims CMS does not share.${mode === 'shareable' ? ` ${ROUGHLY} Hidden: ${SUPPRESSION}.` : ''}`}
      >
        {data.categories.length === 0 ? (
          <Message title="Nothing open">
            <p>Nobody here has an open category.</p>
          </Message>
        ) : (
          <DataTable
            caption="People by open category"
            columns={categoryColumns(data, mode === 'identified' ? setChosen : undefined)}
            rows={data.categories.toSorted((a, b) => peopleOf(b) - peopleOf(a))}
            id={({ model, hcc }) => `${model} ${hcc}`}
          />
        )}
      </Figure>
      <Figure
        letter={second}
        span={7}
        title={titleOf(chosen)}
        sub="The latest evidence first. What a category would add is its factor in the raw score by itself, not a payment."
      >
        {mode === 'identified' ? (
          <People
            key={[where, chosen.kind, chosen.category?.model, chosen.category?.hcc].join('|')}
            chosen={chosen}
            onAll={() => setChosen({})}
          />
        ) : (
          <Message title="Lists of people are closed">
            <p>Shareable pages show no one by name. Switch the mode to Identified to see the list.</p>
          </Message>
        )}
      </Figure>
    </>
  );
}

const peopleOf = ({ recapture, suspect }: Category): number => (recapture ?? 0) + (suspect ?? 0);

/** How many people miss a category of last year, and of how many another is suspected. */
export function findingOf({ recapture, suspect }: HccGapCounts): string {
  if (recapture === 0 && suspect === 0) return 'No category is open';
  const missing =
    recapture === null
      ? 'Some people have a category of last year on no claim yet'
      : `${plural(recapture, person)} ${recapture === 1 ? 'has' : 'have'} a category of last year on no claim yet`;
  const hinted = `the record of ${suspect === null ? 'some' : count(suspect)} hints at a category`;
  return sentence([recapture !== 0 && missing, suspect !== 0 && hinted].filter(Boolean).join('; '));
}

const titleOf = ({ kind, category }: Chosen): string => {
  const what = kind === 'recapture' ? 'recapture' : kind === 'suspect' ? 'suspects' : 'recapture and suspects';
  return category ? `${sentence(what)}: ${categoryLabel(category.label, category.hcc)}` : `Whose they are: ${what}`;
};

const categoryColumns = (all: HccGapCounts, onChoose?: (chosen: Chosen) => void): Column<Category>[] => {
  const people = (kind: HccGapKind, label: string): Column<Category> => {
    const listing = (of: number | null, what: string, chosen: Chosen) => {
      if (of === null) return <span className="quiet">hidden</span>;
      if (of === 0) return <span className="quiet">–</span>;
      if (!onChoose) return count(of);
      return (
        <button
          type="button"
          className="link"
          aria-label={`List ${plural(of, person)}, ${kind}, ${what}`}
          onClick={() => onChoose(chosen)}
        >
          {count(of)}
        </button>
      );
    };
    return {
      key: kind,
      label,
      align: 'right',
      show: (category) => listing(category[kind], categoryLabel(category.label, category.hcc), { kind, category }),
      by: ({ [kind]: of }) => of,
      total: () => listing(all[kind], 'all categories', { kind }),
    };
  };
  return [
    {
      key: 'category',
      label: 'Category',
      show: ({ label, hcc, model }) => (
        <>
          {label ?? `HCC ${hcc}`}
          <small className="below">
            HCC {hcc}, {model}
          </small>
        </>
      ),
      by: ({ label, hcc }) => label ?? hcc,
      total: () => 'People, each once',
    },
    people('recapture', 'Recapture'),
    people('suspect', 'Suspects'),
  ];
};

function People({ chosen: { kind, category }, onAll }: { chosen: Chosen; onAll: () => void }) {
  const { where, mode } = useScope();
  const { dimensions } = useCatalogue();
  const [page, setPage] = useState(1);
  const asked: HccGapPersonsQuery = {
    ...{ where, mode, limit: SIZE, offset: (page - 1) * SIZE },
    ...(kind && { kind }),
    ...(category && { model: category.model, hcc: category.hcc }),
  };
  const answer = useQuery(hccGapPersonsQuery(asked));
  const { limit: _, offset: __, ...exported } = asked;
  if (!answer.data) return <Waiting on={[answer]} lines={12} />;
  const { total, people, gaps } = answer.data;
  if (total === 0)
    return (
      <Message title="Nobody">
        <p>Nobody of this cohort has an open category.</p>
      </Message>
    );
  return (
    <div className="people">
      <div className="rows-acts">
        <span>
          {plural(total, noun('open category', 'open categories'))} of {plural(people, person)}
        </span>
        {kind && (
          <button type="button" className="link" onClick={onAll}>
            All categories
          </button>
        )}
        <ExportMenu persons path="hcc-gaps/persons" query={exported} />
      </div>
      <DataTable
        caption="People with open categories"
        columns={personColumns(dimensions)}
        rows={gaps}
        id={({ person_id, model, hcc }) => `${person_id} ${model} ${hcc}`}
      />
      <Pages of="open categories" page={page} size={SIZE} total={total} onPage={setPage} />
    </div>
  );
}

const personColumns = (dimensions: Parameters<typeof labelIn>[0]): Column<HccGapPerson>[] => [
  {
    key: 'person',
    label: 'Person',
    show: (one) => (
      <>
        <PersonLink {...one} />
        <small className="below">{labelIn(dimensions, 'practice', one.practice) ?? 'no practice'}</small>
      </>
    ),
  },
  {
    key: 'category',
    label: 'Category',
    card: 'full',
    show: ({ label, hcc, kind }) => (
      <>
        {label ?? `HCC ${hcc}`}
        <small className="below">
          HCC {hcc}, {kind}
        </small>
      </>
    ),
  },
  { key: 'evidence', label: 'Evidence', card: 'full', show: ({ evidence }) => sentence(dated(evidence)) },
  {
    key: 'date',
    label: 'Date',
    align: 'date',
    show: ({ evidence_date }) => (evidence_date ? day(evidence_date) : '–'),
  },
  {
    key: 'adds',
    label: 'Would add',
    align: 'right',
    show: (gap) => <Adds gap={gap} />,
  },
];
