import type { ServedMetric } from '#contract/metric';
import { Answer, Proof } from '../../components/answer.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { monthInFull } from '../../format/date.ts';
import { groupsOf } from '../../format/group.ts';
import { inWords, noun, sentence, spelled } from '../../format/noun.ts';
import { amount, interval } from '../../format/number.ts';
import { useEvents, useJudging } from '../../state/events.ts';
import { useScope } from '../../state/use-scope.ts';
import { compare } from '../../statistics/compare.ts';
import { funnelOf } from '../../statistics/funnel.ts';
import { controlSeries } from '../../statistics/spc.ts';
import { comparatorFrom, useCompared, useMetric, useTrendMonths } from '../use-metric.ts';

/** The rate, what it is held against, whether any month was a signal, and whether any hospital stands outside. */
export function ReadmissionsAnswer({ metric }: { metric: ServedMetric }) {
  const scope = useScope();
  const now = useMetric(metric);
  const before = useCompared(metric);
  const months = useMetric(metric, ['month'], useTrendMonths());
  const events = useEvents(metric);
  const judging = useJudging(events.data?.annotations);
  const hospitals = useMetric(metric, ['facility']);
  if (!now.data || !before.data || !months.data || !events.data || !hospitals.data)
    return <Waiting on={[now, before, months, events, hospitals]} lines={2} />;
  const { total } = now.data;
  if (total.value === null) return <Suppressed />;
  const { words } = compare(total, comparatorFrom(before.data.total, scope), metric);
  const outliers = controlSeries(months.data.cells, metric, judging).points.filter(({ signals }) =>
    signals.some(({ rule }) => rule === 'outside'),
  );
  const { units } = funnelOf(groupsOf(hospitals.data.cells, { id: 'facility', values: [] }), metric);
  const outside = units.filter(({ beyond }) => beyond === 99.8).length;
  return (
    <Answer>
      {metric.title} are <b>{amount(total.value, metric.unit)}</b> ({interval(total.low, total.high, metric.unit)}),{' '}
      {words}.{' '}
      {outliers[0] && outliers.length === 1
        ? monthInFull(outliers[0].month)
        : outliers.length === 0
          ? 'No month'
          : sentence(spelled(outliers.length, noun('month')))}{' '}
      stood outside {outliers.length > 1 ? 'their' : 'its'} limits
      <Proof letter="A" />, and {outside === 0 ? 'none' : inWords(outside)} of the{' '}
      {spelled(units.length, noun('hospital'))} {outside < 2 ? 'stands' : 'stand'} outside the limits of chance
      <Proof letter="B" />.
    </Answer>
  );
}
