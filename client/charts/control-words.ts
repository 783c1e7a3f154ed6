import { day, month, monthInFull, monthNumber, months } from '../format/date.ts';
import { inWords, listed, type Noun, plural, sentence, spelled } from '../format/noun.ts';
import {
  amount,
  count,
  figure,
  type MetricWords,
  SUPPRESSED,
  SUPPRESSION,
  unitLabel,
  unitWords,
} from '../format/number.ts';
import type { ControlPoint, ControlSeries, Limits, Phase, RuleSet, Signal } from '../statistics/spc.ts';
import { type Annotation, annotationsIn } from './annotations.ts';
import { numbers, type Table, words } from './chart.ts';

/** What stands in for a line whose months are hidden. */
export const TOO_FEW = 'Too few to be shown month by month';

export type ControlOptions = {
  metric: MetricWords;
  /** What the denominator counts: index stays, member months. */
  noun: Noun;
  annotations?: readonly Annotation[];
};

/** What people call the choices of limits. */
export const limitNames: Readonly<Record<Limits, string>> = {
  auto: 'as months vary',
  plain: 'plain',
  laney: 'Laney’s',
};

/** What people call the sets of rules. */
export const ruleSetNames: Readonly<Record<RuleSet, string>> = { nhs: 'NHS', ihi: 'IHI', anhoej: 'Anhøj' };

const byWeight: Signal['rule'][] = ['outside', 'shift', 'trend', 'two of three'];

/** The signal that a month is drawn and named by, where it breaks several rules. */
export const mainSignal = ({ signals }: ControlPoint): Signal | undefined =>
  byWeight.flatMap((rule) => signals.find((signal) => signal.rule === rule) ?? [])[0];

export function signalWords({ rule, side, months }: Signal): string {
  const limit = side === 'above' ? 'upper limit' : 'lower limit';
  const run = spelled(months, { one: 'month', many: 'months' });
  if (rule === 'outside') return `${side} the ${limit}`;
  if (rule === 'shift') return `${run} ${side} the centre`;
  if (rule === 'trend') return `${run} ${side === 'above' ? 'rising' : 'falling'}`;
  return `two of three months near the ${limit}`;
}

export const isKnown = (point: ControlPoint): point is KnownPoint => point.value !== null;

const towards = ({ means }: Signal): string => (means === 'neither' ? '' : ` for the ${means}`);

const MONTHS = { one: 'month', many: 'months' };

const hasRule = (rule: Signal['rule']) => (point: ControlPoint) => point.signals.some((signal) => signal.rule === rule);

export type KnownPoint = ControlPoint & { value: number };

export function finding({ now, before }: ControlSeries, { metric }: ControlOptions): string {
  const { kind, points, centre, shift, crossings } = now;
  const mature = points.filter(isKnown).filter(({ immature }) => !immature);
  const last = mature.at(-1);
  const start = monthInFull(points[0]?.month ?? '');
  const former = before.at(-1);
  const formerly =
    former?.centre == null
      ? []
      : [`before ${start} the ${centreName(former)} was ${amount(former.centre, metric.unit)}`];
  if (points.length === 0) return 'No months to show';
  if (!last || centre === null)
    return [
      points.some(({ suppressed }) => suppressed)
        ? TOO_FEW
        : before.length > 0
          ? `No month since ${start} has all its data yet`
          : 'No month has all its data yet',
      ...formerly,
    ].join('; ');
  const middle = amount(centre, metric.unit);

  const outside = mature.filter(hasRule('outside'));
  const sideOf = ({ value }: { value: number }) => Math.sign(value - centre);
  const run = mature.slice(mature.findLastIndex((point) => sideOf(point) !== sideOf(last)) + 1);
  const runOf = ({ signals }: ControlPoint) => signals.find(({ rule }) => rule === 'shift' || rule === 'trend');
  const lasting = runOf(last);
  const past = mature.findLast(runOf);

  const clauses = [];
  if (kind === 'run chart') {
    const few = `${spelled(mature.length, MONTHS)} ${mature.length === 1 ? 'is' : 'are'} too few for limits`;
    clauses.push(`${few}; the median is ${middle}`);
  } else if (outside.length > 0) clauses.push(outsideWords(outside));
  if (lasting) clauses.push(`the last ${signalWords(lasting)}, ${middle}, are a ${lasting.rule}${towards(lasting)}`);
  else if (kind !== 'run chart' && run.length >= 3 && run.length < shift && sideOf(last) !== 0) {
    const follows =
      outside.length > 0 && monthNumber(outside.at(-1)?.month ?? '') + 1 === monthNumber(run[0]?.month ?? '');
    const which = `the ${follows ? '' : 'last '}${spelled(run.length, MONTHS)}${follows ? ' since' : ''}`;
    const side = sideOf(last) > 0 ? 'above' : 'below';
    clauses.push(`${which} sit ${side} the centre, ${inWords(shift - run.length)} short of a shift`);
  }
  if (crossings && crossings.seen < crossings.least) {
    const times = crossings.seen === 1 ? 'once' : `${inWords(crossings.seen)} times`;
    clauses.push(`months cross the centre ${times}, where chance brings ${inWords(crossings.least)} or more`);
  }
  if (kind !== 'run chart' && outside.length === 0 && !lasting) {
    clauses.unshift(`all ${plural(mature.length, MONTHS)} lie within their limits around ${middle}`);
    const ended = past && runOf(past);
    if (ended)
      clauses.push(`${signalWords(ended)} to ${monthInFull(past.month)} were a ${ended.rule}${towards(ended)}`);
  }
  return sentence([...clauses, ...formerly].join('; '));
}

function outsideWords(outside: readonly ControlPoint[]): string {
  const sides = new Set(outside.map((point) => mainSignal(point)?.side));
  const where = `${sides.size === 1 ? [...sides][0] : 'outside'} ${outside.length === 1 ? 'its' : 'their'} limits`;
  const newest = monthInFull(outside.at(-1)?.month ?? '');
  if (outside.length > 2) return `${spelled(outside.length, MONTHS)} stand ${where}, the last ${newest}`;
  return `${listed(outside.map((point) => monthInFull(point.month)))} ${outside.length === 1 ? 'stands' : 'stand'} ${where}`;
}

export function subtitle({ now: { kind }, before }: ControlSeries, { metric, noun }: ControlOptions): string {
  const unit = metric.unit === 'percent' ? `% of ${noun.many}` : unitLabel(metric.unit);
  const band =
    kind === 'run chart'
      ? 'Line: the median.'
      : `Band: limits at three sigma around the baseline centre${kind === 'individuals chart' ? '' : '; they step with n'}.`;
  return `${metric.title}, ${unit}, by month. ${band}${before.length > 0 ? ' Each phase is judged by its own.' : ''}`;
}

export function note(
  { points, now, before, rules, limits }: ControlSeries,
  { metric, annotations = [] }: ControlOptions,
): string | null {
  const hidden = points.filter((point) => point.suppressed).length;
  const phases = [...before, now].filter(({ centre }) => centre !== null);
  if (phases.length === 0) return null;
  return [
    points.some((point) => point.immature) &&
      'Claims still arrive for hollow months; they count toward no limit and no rule.',
    hidden > 0 && `${sentence(plural(hidden, MONTHS))} not drawn: ${SUPPRESSION}.`,
    ...phases.flatMap((phase) => [
      before.length > 0 && `${phaseName(phase)}: ${centreName(phase)} ${amount(phase.centre ?? 0, metric.unit)}.`,
      ...phaseNotes(phase, limits),
    ]),
    `Rules: ${ruleSetNames[rules]}.`,
    ...annotationsIn(points, annotations).map(
      ({ date, label, startsPhase }) => `${day(date)}: ${label}${startsPhase ? '; a new phase starts' : ''}.`,
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

const phaseName = ({ points }: Phase): string => months(points[0]?.month ?? '', points.at(-1)?.month ?? '');

/** What the line through the middle of a phase is. */
export const centreName = ({ kind }: Phase): string => (kind === 'run chart' ? 'median' : 'centre');

/** How the limits of a phase were worked. */
function phaseNotes({ kind, points, sigmaZ, provisional }: Phase, limits: Limits): (string | false)[] {
  const baseline = points.filter((point) => point.baseline);
  const widened = kind === 'p′ chart' || kind === 'u′ chart';
  const [letter] = kind.split(' ');
  const told = sigmaZ !== null && `σz is ${sigmaZ.toFixed(2)}`;
  return [
    limits === 'auto' && told && !widened && `${told}, so plain ${letter} limits are kept.`,
    limits === 'auto' &&
      widened &&
      `Months vary more than chance allows (${told}, over 1.2), so limits are Laney’s ${letter}.`,
    limits !== 'auto' && told && `${told}; ${widened ? `Laney’s ${letter}` : `plain ${letter}`} limits are chosen.`,
    kind === 'individuals chart' && 'Limits from the change between neighbouring months.',
    kind !== 'run chart' &&
      `Baseline ${months(baseline[0]?.month ?? '', baseline.at(-1)?.month ?? '')}, ${plural(baseline.length, MONTHS)}.`,
    provisional && 'Under 20 months the limits are provisional.',
  ];
}

export function tableOf(
  { points, now, before }: ControlSeries,
  { metric, noun, annotations = [] }: ControlOptions,
): Table {
  const how = { unit: unitLabel(metric.unit), format: (value: number) => figure(value, metric.unit) };
  const events = annotationsIn(points, annotations);
  const centres = new Map([...before, now].flatMap((phase) => phase.points.map(({ month }) => [month, phase.centre])));
  return {
    columns: [
      words('month', 'Month'),
      numbers('value', 'Value', how),
      numbers('numerator', 'Numerator'),
      numbers('denominator', sentence(noun.many)),
      ...(before.length > 0 ? [numbers('centre', 'Centre of the phase', how)] : []),
      numbers('low', 'Lower limit', how),
      numbers('high', 'Upper limit', how),
      words('reads', 'Reads'),
      ...(events.length > 0 ? [words('event', 'What changed')] : []),
    ],
    rows: points.map((point) => ({
      month: month(point.month),
      value: point.suppressed ? SUPPRESSED : point.value,
      numerator: point.numerator,
      denominator: point.denominator,
      centre: centres.get(point.month) ?? null,
      low: point.low,
      high: point.high,
      reads: reading(point),
      event: eventWords(point, events),
    })),
  };
}

/** "Nurse started, 15 Jun 2024; a new phase starts", or '' */
export const eventWords = ({ month }: Pick<ControlPoint, 'month'>, events: readonly Annotation[]): string =>
  events
    .filter(({ date }) => date.startsWith(month))
    .map(({ date, label, startsPhase }) => `${label}, ${day(date)}${startsPhase ? '; a new phase starts' : ''}`)
    .join('; ');

/** What the rules make of a month, in words. */
export function reading(point: ControlPoint): string {
  if (point.suppressed) return SUPPRESSED;
  if (point.value === null) return 'no data';
  if (point.immature) return 'claims still arriving';
  const signals = byWeight.flatMap((rule) => point.signals.filter((signal) => signal.rule === rule));
  if (signals.length > 0) return sentence(signals.map(signalWords).join('; '));
  return point.low === null ? 'no signal' : 'within limits';
}

/** A month's value with what it was made of, for those who cannot see it. */
export const spoken = ({ value, numerator, denominator }: ControlPoint, { unit }: MetricWords, noun: Noun): string =>
  [
    value === null ? SUPPRESSED : `${amount(value, unit)} ${unitWords(unit)}`.trim(),
    unit === 'percent' && numerator !== null && denominator !== null
      ? `${count(numerator)} of ${plural(denominator, noun)}`
      : denominator !== null && plural(denominator, noun),
  ]
    .filter(Boolean)
    .join(', ');
