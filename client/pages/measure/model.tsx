import { useQuery } from '@tanstack/react-query';
import type { Dimension } from '#contract/dimension';
import type { ServedMetric } from '#contract/metric';
import type { RiskModel } from '#contract/risk-model';
import { modelQuery } from '../../api/metrics.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { listed, sentence } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

type Factor = RiskModel['factors'][number] & Pick<RiskModel, 'model'>;
type Group = RiskModel['groups'][number] & Pick<RiskModel, 'model'>;

const DECILE = 'decile of risk';

/** The model behind what is expected: how well it told who would have the event, and what it goes by. */
export function Model({ metric }: { metric: ServedMetric }) {
  const { mode } = useScope();
  const { dimensions } = useCatalogue();
  const answer = useQuery(modelQuery(metric.id, mode));
  if (!answer.data)
    return (
      <Figure letter="E" title="What is expected">
        <Waiting on={[answer]} lines={12} />
      </Figure>
    );
  const models = answer.data;
  const [first] = models;
  if (!first)
    return (
      <Figure letter="E" title="What is expected">
        <Message title="Nothing is expected yet">
          <p>A model needs at least 100 {grainNoun(metric).many} in the numerator; these data have fewer.</p>
        </Message>
      </Figure>
    );
  const groups = models.flatMap(({ model, groups }) => groups.map((group) => ({ model, ...group })));
  const factors = models.flatMap(({ model, factors }) => factors.map((factor) => ({ model, ...factor })));
  const of = (model: string) => (models.length > 1 ? `, ${model}` : '');
  const skill = listed(models.map(({ model, cStatistic }) => `${cStatistic.toFixed(2)}${of(model)}`));
  return (
    <>
      <Figure
        letter="E"
        span={7}
        title={`Who returns is told with a c-statistic of ${skill}`}
        sub="An internal model, not the CMS value. Each person is judged by a fit that has not seen them; 0.5 is chance, 1 certainty."
      >
        <DataTable
          caption="What was expected and what came"
          columns={groupColumns(metric, dimensions)}
          rows={groups}
          id={({ model, dimension, value }) => `${model} ${dimension} ${value}`}
          section={({ model, dimension }) => `${titleOf(dimension, dimensions)}${of(model)}`}
        />
      </Figure>
      <Figure
        letter="F"
        span={5}
        title="What it goes by"
        sub="Odds ratios of the fit to everybody, with 95% intervals. No cause is claimed."
      >
        <DataTable
          caption="Factors of the model"
          columns={factorColumns}
          rows={factors}
          id={({ model, factor }) => `${model} ${factor}`}
          section={({ model }) => sentence(model)}
        />
      </Figure>
    </>
  );
}

const titleOf = (dimension: string, dimensions: readonly Dimension[]): string =>
  dimension === DECILE ? 'Tenths by risk' : (dimensions.find(({ id }) => id === dimension)?.title ?? dimension);

const shareOf = (part: number | null, whole: number | null): string =>
  part === null || whole === null ? SUPPRESSED : `${((100 * part) / whole).toFixed(1)}%`;

const groupColumns = (metric: ServedMetric, dimensions: readonly Dimension[]): Column<Group>[] => [
  {
    key: 'group',
    label: 'Group',
    show: ({ dimension, value }) =>
      dimension === DECILE
        ? value === '1'
          ? '1, least risk'
          : value === '10'
            ? '10, most risk'
            : value
        : value === null
          ? 'not known'
          : (labelIn(dimensions, dimension, value) ?? value),
  },
  {
    key: 'subjects',
    label: sentence(grainNoun(metric).many),
    align: 'right',
    show: ({ subjects }) => (subjects === null ? SUPPRESSED : count(subjects)),
  },
  { key: 'expected', label: 'Expected', align: 'right', show: ({ expected, subjects }) => shareOf(expected, subjects) },
  { key: 'events', label: 'Came', align: 'right', show: ({ events, subjects }) => <b>{shareOf(events, subjects)}</b> },
  {
    key: 'ratio',
    label: 'Came ÷ expected',
    align: 'right',
    show: ({ events, expected }) => (events === null || !expected ? SUPPRESSED : (events / expected).toFixed(2)),
  },
];

const factorColumns: Column<Factor>[] = [
  { key: 'factor', label: 'Factor', show: ({ factor }) => sentence(factor) },
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
