import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CohortComparison, Evaluated } from '#contract/cohort';
import type { Cohort } from '#contract/dimension';
import { compareQuery } from '../../api/cohorts.ts';
import { attrition } from '../../charts/attrition.ts';
import { differences } from '../../charts/differences.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Sql } from '../../components/sql.tsx';
import { Message, Suppressed, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useScope, useTable } from '../../state/use-scope.ts';

/** Who is left after each rule. */
export function AttritionFigure({
  letter,
  evaluated,
  cohort,
}: {
  letter: string;
  evaluated: Evaluated;
  cohort?: string;
}) {
  const options = useMemo(() => ({ asOf: evaluated.asOf }), [evaluated.asOf]);
  return (
    <ChartFigure
      letter={letter}
      chart={attrition}
      rows={evaluated.steps}
      options={options}
      fileName="attrition"
      file={cohort && <ExportMenu path={`cohorts/${encodeURIComponent(cohort)}/attrition`} query={{}} />}
      table={useTable(letter)}
    />
  );
}

/** The exact SELECT that finds the people, with what is bound to its places. */
export const SqlFigure = ({ letter, evaluated: { sql } }: { letter: string; evaluated: Evaluated }) => (
  <Figure
    letter={letter}
    title="The exact SQL"
    sub="What ran against this snapshot; values are bound, never pasted in."
  >
    <Sql text={[sql.statement.trim(), '', ...sql.values.map(bound)].join('\n')} />
  </Figure>
);

const bound = (value: string | number | boolean | null, at: number): string =>
  `-- $${at + 1} = ${typeof value === 'string' ? `'${value}'` : String(value)}`;

interface ComparisonProps {
  readonly letter: string;
  readonly cohort: Cohort;
  /** Whom it may be held against. */
  readonly others: readonly Cohort[];
  /** Absent: everybody else. */
  readonly against: Cohort | undefined;
  readonly onAgainst: (id: string | undefined) => void;
}

const ELSE = 'everybody else';

/** This cohort held against another, trait by trait. */
export function ComparisonFigure({ letter, cohort, others, against, onAgainst }: ComparisonProps) {
  const { mode } = useScope();
  const answer = useQuery(compareQuery({ a: cohort.where, b: against?.where }, mode));
  const other = against?.title ?? ELSE;
  const choice = (
    <label className="group-by">
      Compare with
      <select value={against?.id ?? ''} onChange={({ target }) => onAgainst(target.value || undefined)}>
        <option value="">{ELSE}</option>
        {others.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
  if (answer.data?.rows.some(({ difference }) => difference !== null))
    return <Compared letter={letter} a="this cohort" b={other} comparison={answer.data} choice={choice} />;
  return (
    <Figure letter={letter} title={`${cohort.title} and ${other}`} onward={choice}>
      {!answer.data ? (
        <Waiting on={[answer]} lines={12} />
      ) : answer.data.suppressed ? (
        <Suppressed />
      ) : (
        <Message title="Nobody to compare">
          <p>One of the two groups is empty.</p>
        </Message>
      )}
    </Figure>
  );
}

interface ComparedProps {
  readonly letter: string;
  readonly a: string;
  readonly b: string;
  readonly comparison: CohortComparison;
  readonly choice: React.ReactNode;
}

const person = noun('person', 'people');

function Compared({ letter, a, b, comparison, choice }: ComparedProps) {
  const options = useMemo(() => ({ a, b }), [a, b]);
  const shared = comparison.both;
  return (
    <ChartFigure
      letter={letter}
      chart={differences}
      rows={comparison.rows}
      options={options}
      fileName="comparison"
      file={<ExportMenu path="cohorts/compare" query={{ a: comparison.a.where, b: comparison.b.where || undefined }} />}
      table={useTable(letter)}
      note={
        shared === null
          ? undefined
          : shared === 0
            ? 'Nobody is in both.'
            : `${plural(shared, person)} ${shared === 1 ? 'is' : 'are'} in both.`
      }
      onward={choice}
    />
  );
}
