import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Attrition, type CohortVersions, ruleOfWhere, textOf } from '#contract/cohort';
import { wordsOf } from '#contract/cohort-words';
import type { Cohort } from '#contract/dimension';
import { versionsQuery } from '../../api/cohorts.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { sentence } from '../../format/noun.ts';
import { AttritionFigure, ComparisonFigure, SqlFigure } from './findings.tsx';

interface FiguresProps {
  readonly attrition: Attrition;
  readonly others: readonly Cohort[];
  readonly against: Cohort | undefined;
  readonly onAgainst: (id: string | undefined) => void;
}

export default function Figures({ attrition, ...comparison }: FiguresProps) {
  const { cohort } = attrition;
  const isEveryone = cohort.where === '';
  return (
    <div className="figures">
      <AttritionFigure letter="A" evaluated={attrition} cohort={attrition.cohort.id} />
      {!isEveryone && <ComparisonFigure letter="B" cohort={cohort} {...comparison} />}
      <SqlFigure letter={isEveryone ? 'B' : 'C'} evaluated={attrition} />
      {!cohort.preset && <Versions letter="D" cohort={cohort} />}
    </div>
  );
}

/** What a saved cohort was, and the way back. */
function Versions({ letter, cohort }: { letter: string; cohort: Cohort }) {
  const answer = useQuery(versionsQuery(cohort.id));
  return (
    <Figure letter={letter} title="Versions" sub="Each is kept; open a former one and save it to go back.">
      {!answer.data ? (
        <Waiting on={[answer]} lines={3} />
      ) : (
        <DataTable
          caption={`Versions of ${cohort.title}`}
          columns={columnsOf(cohort.id)}
          rows={answer.data.versions}
          id={({ version }) => String(version)}
        />
      )}
    </Figure>
  );
}

const columnsOf = (of: string): Column<CohortVersions['versions'][number]>[] => [
  {
    key: 'version',
    label: 'Version',
    card: 'named',
    show: ({ version, where }) => (
      <Link to="/cohorts/build" search={{ tree: textOf(ruleOfWhere(where)), of }}>
        {version}
        <span className="unseen">, open in the builder</span>
      </Link>
    ),
  },
  { key: 'title', label: 'Name', show: ({ title }) => title },
  { key: 'rules', label: 'Who', card: 'full', show: ({ where }) => sentence(wordsOf(ruleOfWhere(where))) },
  {
    key: 'saved',
    label: 'Saved',
    align: 'date',
    show: ({ savedAt }) => (savedAt === null ? '–' : day(new Date(savedAt).toISOString())),
  },
  { key: 'by', label: 'By', show: ({ savedBy }) => savedBy ?? '–' },
];
