import { useQuery } from '@tanstack/react-query';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { RiskModel } from '#contract/risk-model';
import { modelQuery } from '../../api/metrics.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { listed, type Noun, sentence } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { driverIn, labelIn } from '../patient-table.tsx';

type Factor = RiskModel['factors'][number] & Pick<RiskModel, 'model'>;
type Group = RiskModel['groups'][number] & Pick<RiskModel, 'model'>;

const DECILE = 'decile of risk';
/** Factors of each model that are shown at once; they come strongest first. */
const STRONGEST = 12;

/** The model behind what is expected: how well it told who would have the event, and what it goes by. */
export function Model({ metric }: { metric: ServedMetric }) {
  const { mode } = useScope();
  const answer = useQuery(modelQuery(metric.id, mode));
  if (!answer.data)
    return (
      <Figure letter="E" title="What is expected">
        <Waiting on={[answer]} lines={12} />
      </Figure>
    );
  const models = answer.data;
  if (models.length === 0)
    return (
      <Figure letter="E" title="What is expected">
        <Message title="Nothing is expected yet">
          <p>A model needs at least 100 {grainNoun(metric).many} in the numerator; these data have fewer.</p>
        </Message>
      </Figure>
    );
  return (
    <ModelCard
      models={models}
      letters={['E', 'F']}
      subjects={grainNoun(metric)}
      skill="The model ranks who returned above who did not"
      judged="Each person is judged by a fit that has not seen them"
    />
  );
}

interface ModelCardProps {
  readonly models: readonly RiskModel[];
  /** Of what was expected against what came, and of the factors. */
  readonly letters: readonly [string, string];
  /** Whose risk it is. */
  readonly subjects: Noun;
  /** "The model ranks who returned above who did not" */
  readonly skill: string;
  /** On whom the model is judged. */
  readonly judged: string;
}

/** Two figures: the model held against what came, in all and by group, and its weights. */
export function ModelCard({ models, letters, subjects, skill, judged }: ModelCardProps) {
  const { dimensions } = useCatalogue();
  const groups = models.flatMap(({ model, groups }) =>
    groups.filter((group) => isTold(group, groups)).map((group) => ({ model, ...group })),
  );
  const factors = (from: number, to?: number) =>
    models.flatMap(({ model, factors }) => factors.slice(from, to).map((factor) => ({ model, ...factor })));
  const factorTable = (caption: string, rows: readonly Factor[]) => (
    <DataTable
      caption={caption}
      columns={factorColumns(dimensions)}
      rows={rows}
      id={({ model, factor }) => `${model} ${factor}`}
      section={({ model }) => sentence(model)}
    />
  );
  const more = factors(STRONGEST);
  const of = (model: string) => (models.length > 1 ? `, ${model}` : '');
  const skills = listed(
    models.map(({ model, cStatistic }) => `${Math.round(100 * cStatistic)} of 100 pairs${of(model)}`),
  );
  return (
    <>
      <Figure
        letter={letters[0]}
        span={7}
        title={`${skill} in ${skills}`}
        sub={`An internal model, not a CMS value. ${judged}; 50 of 100 pairs (a c-statistic of 0.5) is chance.`}
        note={listed(models.map((model) => `${slopeOf(model)}${of(model.model)}`))}
      >
        {groups.length === 0 ? (
          <GroupsClosed />
        ) : (
          <DataTable
            caption="What was expected and what came"
            columns={groupColumns(subjects, dimensions)}
            rows={groups}
            id={({ model, dimension, value }) => `${model} ${dimension} ${value}`}
            section={({ model, dimension }) => `${titleOf(dimension, dimensions)}${of(model)}`}
          />
        )}
      </Figure>
      <Figure
        letter={letters[1]}
        span={5}
        title="What it goes by"
        sub="Odds ratios of the fit to everybody, with 95% intervals. No cause is claimed."
        below={
          more.length > 0 && (
            <Folded label={`Weaker factors: ${more.length}`}>{factorTable('Weaker factors of the model', more)}</Folded>
          )
        }
      >
        {factorTable('Factors of the model', factors(0, STRONGEST))}
      </Figure>
    </>
  );
}

/** A model is judged on the people of other tables in other months, whose counts together could tell of few. */
export const GroupsClosed = () => (
  <Message title="Closed in shareable mode">
    <p>What was expected of whom, and what came, is told in identified mode only.</p>
  </Message>
);

/** Whether anything is known of whom a group's dimension tells apart, such as an index of areas. */
const isTold = ({ dimension }: { dimension: string }, groups: RiskModel['groups']): boolean =>
  groups.some((one) => one.dimension === dimension && one.value !== null);

/** "Calibration slope 0.97 (0.90–1.04), intercept −0.02 (−0.13–0.09): 1 and 0 are right" */
export function slopeOf({ slope, intercept }: Pick<RiskModel, 'slope' | 'intercept'>): string {
  if (!slope || !intercept) return 'Calibration slope not known';
  const told = ({ value, low, high }: NonNullable<RiskModel['slope']>) =>
    `${signless(value)} (${signless(low)} to ${signless(high)})`;
  return `Calibration slope ${told(slope)}, intercept ${told(intercept)}: 1 and 0 are right`;
}

const signless = (value: number): string => value.toFixed(2).replace('-', '−').replace('−0.00', '0.00');

const titleOf = (dimension: string, dimensions: readonly Dimension[]): string =>
  dimension === DECILE
    ? 'Tenths by risk'
    : dimension === 'deprivation'
      ? 'Deprivation of the area, fifths of the nation'
      : (dimensions.find(({ id }) => id === dimension)?.title ?? dimension);

const shareOf = (part: number | null, whole: number | null): string =>
  part === null || whole === null ? SUPPRESSED : `${((100 * part) / whole).toFixed(1)}%`;

/** What the steps of a ranking are called at their ends. */
const ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [DECILE]: { 1: '1, least risk', 10: '10, most risk' },
  deprivation: { 1: '1, least deprived', 5: '5, most deprived' },
};

const groupColumns = (subjects: Noun, dimensions: readonly Dimension[]): Column<Group>[] => [
  {
    key: 'group',
    label: 'Group',
    show: ({ dimension, value }) =>
      value === null ? 'Not known' : (ENDS[dimension]?.[value] ?? labelIn(dimensions, dimension, value) ?? value),
  },
  {
    key: 'subjects',
    label: sentence(subjects.many),
    align: 'right',
    show: ({ subjects }) => (subjects === null ? SUPPRESSED : count(subjects)),
  },
  { key: 'expected', label: 'Expected', align: 'right', show: ({ expected, subjects }) => shareOf(expected, subjects) },
  {
    key: 'events',
    label: 'Observed',
    align: 'right',
    show: ({ events, subjects }) => <b>{shareOf(events, subjects)}</b>,
  },
  {
    key: 'ratio',
    label: 'Observed ÷ expected',
    align: 'right',
    show: ({ events, expected }) => (events === null || !expected ? SUPPRESSED : (events / expected).toFixed(2)),
  },
];

const factorColumns = (dimensions: readonly Dimension[]): Column<Factor>[] => [
  {
    key: 'factor',
    label: 'Factor',
    show: ({ factor }) => driverIn(dimensions, factor.replace(/^condition: /, '')),
  },
  {
    key: 'ratio',
    label: 'Odds ratio',
    align: 'right',
    show: ({ ratio, low, high }) => (
      <>
        <b>{ratio.toFixed(2)}</b>
        <small className="below">
          {low.toFixed(2)}–{high.toFixed(2)}
        </small>
      </>
    ),
  },
];
