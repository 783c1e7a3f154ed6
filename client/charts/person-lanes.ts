import * as Plot from '@observablehq/plot';
import type { Timeline, TimelineEvent } from '#contract/patient';
import { day, daysBetween, months } from '../format/date.ts';
import { diagnosisLabel, encounterLabel } from '../format/label.ts';
import { listed, plural, sentence, spelled } from '../format/noun.ts';
import { type Chart, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, halo, type Token, walkable, write } from './frame.ts';
import { type Box, place, placed } from './labels.ts';
import { endOf, isHospitalStay, isResult, type TimeWindow, timeFrame } from './time-window.ts';

type Options = { window: TimeWindow };

/** One person's stays and visits, a lane per setting; a return within 30 days stands out. */
export const personLanes: Chart<Timeline, Options> = { finding, subtitle, draw, note, tableOf };

/** Lanes in the order of how much care they are. The first, the emergency and the office lane are always there. */
const LANES: readonly { id: string; types: readonly string[]; always?: true }[] = [
  { id: 'Hospital', types: ['acute inpatient'], always: true },
  { id: 'Psychiatric hospital', types: ['inpatient psychiatric'] },
  { id: 'Emergency', types: ['emergency department'], always: true },
  { id: 'Observation', types: ['observation'] },
  { id: 'Rehabilitation', types: ['inpatient rehabilitation', 'long term care hospital'] },
  { id: 'Nursing facility', types: ['skilled nursing'] },
  { id: 'Home health', types: ['home health'] },
  { id: 'Hospice', types: ['hospice'] },
  { id: 'Office and video', types: ['office visit', 'telehealth', 'urgent care'], always: true },
  { id: 'Outpatient', types: ['outpatient', 'ambulatory surgery', 'dialysis', 'other'] },
];

const laneOf = (event: TimelineEvent): string | undefined =>
  isResult(event) ? undefined : LANES.find(({ types }) => types.includes(event.lane))?.id;

const HOSPITAL_STAY = { one: 'hospital stay', many: 'hospital stays' };
const EMERGENCY = { one: 'emergency visit', many: 'emergency visits' };

/** The encounters that are drawn, by date. */
const encounters = (timeline: Timeline, { window }: Options): TimelineEvent[] =>
  timeline.events
    .filter((event) => laneOf(event) && endOf(event) >= window.from && event.start_date <= window.to)
    .toSorted((a, b) => (a.start_date < b.start_date ? -1 : 1));

/** Days between leaving hospital and this stay; null for the first. */
function daysSinceLast(stay: TimelineEvent, events: readonly TimelineEvent[]): number | null {
  const before = events
    .filter((event) => isHospitalStay(event) && event.id !== stay.id && endOf(event) <= stay.start_date)
    .map(endOf)
    .toSorted()
    .at(-1);
  return before === undefined ? null : daysBetween(before, stay.start_date);
}

function finding(timeline: Timeline, options: Options): string {
  const drawn = encounters(timeline, options);
  const stays = drawn.filter(isHospitalStay);
  const visits = drawn.filter(({ lane }) => lane === 'emergency department');
  const returns = stays.filter(({ readmission }) => readmission);
  const span = `in ${months(options.window.from, options.window.until)}`;
  if (drawn.length === 0) return `No stay and no visit ${span}`;
  const said = [
    stays.length > 0 && spelled(stays.length, HOSPITAL_STAY),
    visits.length > 0 && spelled(visits.length, EMERGENCY),
  ].filter((part) => part !== false);
  const head = said.length > 0 ? listed(said) : 'no hospital stay and no emergency visit';
  const last = returns.at(-1);
  const since = last ? daysSinceLast(last, timeline.events) : null;
  const back =
    last && since !== null
      ? `; the ${returns.length > 1 ? 'latest unplanned return' : 'unplanned return'} came ${spelled(since, { one: 'day', many: 'days' })} after discharge`
      : '';
  return sentence(`${head} ${span}${back}`);
}

function subtitle(_: Timeline, { window }: Options): string {
  return `Each lane is a setting, ${months(window.from, window.until)}. Bars: stays; diamonds: emergency; ticks: visits.`;
}

function note({ events }: Timeline, { window }: Options): string | null {
  const before = events.filter((event) => laneOf(event) && endOf(event) < window.from).length;
  return before > 0
    ? `${sentence(plural(before, { one: 'earlier stay or visit', many: 'earlier stays and visits' }))} not drawn.`
    : null;
}

/** A bar where it lasts, a diamond in the emergency lane, a tick for a day. */
function shapeOf(event: TimelineEvent): 'bar' | 'diamond' | 'tick' {
  if (event.lane === 'emergency department') return 'diamond';
  return isHospitalStay(event) || endOf(event) > event.start_date ? 'bar' : 'tick';
}

const inkOf = (event: TimelineEvent): Token => {
  if (event.readmission) return 'worse';
  return isHospitalStay(event) ? 'ink' : 'mark';
};

/** Longer than a code of ICD, and read by nobody. */
const SNOMED = /^\d{6,}$/;

/** What is said beside a mark, from the fullest to the shortest: why, and how long. */
function labelsOf(event: TimelineEvent, events: readonly TimelineEvent[]): string[] {
  const since = event.readmission ? daysSinceLast(event, events) : null;
  if (since !== null) return [`Back on day ${since}`, `Day ${since}`];
  const days = plural(daysBetween(event.start_date, endOf(event)), { one: 'day', many: 'days' });
  const why = event.code && !SNOMED.test(event.code) ? [diagnosisLabel(event.code)] : [];
  if (isHospitalStay(event)) return [[...why, days].join(', '), ...why, days];
  return shapeOf(event) === 'bar' ? [days] : why;
}

const spoken = (event: TimelineEvent): string =>
  [
    event.title,
    endOf(event) > event.start_date ? `${day(event.start_date)} to ${day(endOf(event))}` : day(event.start_date),
    event.facility,
    event.detail,
    event.readmission && 'unplanned return within 30 days',
  ]
    .filter(Boolean)
    .join(', ');

function draw(timeline: Timeline, { window, ...size }: Options & Size): Element {
  const label = 'Stays and visits by setting';
  const description = finding(timeline, { window });
  const drawn = encounters(timeline, { window });
  if (drawn.length === 0) return blank(size, label, description);

  const time = timeFrame(timeline, window, size);
  const lanes = LANES.filter(({ id, always }) => always || drawn.some((event) => laneOf(event) === id)).map(
    ({ id }) => id,
  );
  const pitch = time.compact ? 42 : 38;
  const marginTop = 28;
  const shift = time.compact ? 8 : 0;
  const bar = time.compact ? { insetTop: 22, insetBottom: 6 } : { insetTop: 11, insetBottom: 11 };
  const y = (event: TimelineEvent) => laneOf(event) ?? null;
  const py = (event: TimelineEvent) => marginTop + (lanes.indexOf(laneOf(event) ?? '') + 0.5) * pitch + shift;
  const of = (shape: ReturnType<typeof shapeOf>) => drawn.filter((event) => shapeOf(event) === shape);
  const boxOf = (event: TimelineEvent): Box => {
    const reach = shapeOf(event) === 'diamond' ? 6 : 2;
    const [left, right] = [time.px(event.start_date), time.px(endOf(event))];
    return { left: left - reach, right: right + reach, top: py(event) - 8, bottom: py(event) + 8 };
  };

  // hospital first, then the newest: what matters most is named while there is room
  const named = drawn
    .filter((event) => shapeOf(event) !== 'tick')
    .toSorted(
      (a, b) => Number(isHospitalStay(b)) - Number(isHospitalStay(a)) || (a.start_date < b.start_date ? 1 : -1),
    );
  const places = place(
    named.map((event) => {
      const box = boxOf(event);
      const left = Math.max(time.left, box.left);
      return {
        x: (left + box.right) / 2,
        y: py(event),
        r: (box.right - left) / 2,
        texts: labelsOf(event, timeline.events).map((text) => [text]),
        side: 'beside',
      };
    }),
    drawn.map(boxOf),
    { left: time.left, right: size.width, top: 0, bottom: marginTop + lanes.length * pitch },
  );
  const [start, end] = [(event: TimelineEvent) => time.span(event)[0], (event: TimelineEvent) => time.span(event)[1]];
  const centre = (event: TimelineEvent) => (start(event) + end(event)) / 2;

  return frame(
    { ...size, height: marginTop + lanes.length * pitch + 24, label, description },
    {
      ...time.margins,
      marginTop,
      marginBottom: 24,
      x: time.scale,
      y: { type: 'band', domain: lanes, padding: 0, axis: null },
      marks: [
        time.ground(),
        Plot.ruleY(lanes, { y: String, dy: -pitch / 2, stroke: colour('rule'), insetLeft: -time.left }),
        time.months(),
        write(lanes, {
          y: String,
          frameAnchor: 'left',
          textAnchor: 'start',
          dx: -time.left,
          dy: time.compact ? 10 - pitch / 2 : 0,
          fill: colour('ink-2'),
          ...(time.compact && halo),
        }),
        Plot.barX(of('bar'), {
          y,
          x1: start,
          x2: end,
          insetLeft: -1,
          insetRight: -1,
          fill: (event) => colour(inkOf(event)),
          ...bar,
        }),
        Plot.dot(of('diamond'), {
          y,
          x: centre,
          dy: shift,
          r: 6,
          symbol: 'diamond2',
          fill: colour('ink'),
          stroke: colour('paper'),
        }),
        Plot.tickX(of('tick'), { y, x: start, stroke: colour('accent'), strokeWidth: 2, ...bar }),
        named.map((event, at) =>
          placed(places[at], {
            x: centre(event),
            y: () => y(event),
            dy: shift,
            fill: colour(event.readmission ? 'worse' : 'ink'),
            fontWeight: event.readmission ? 600 : 400,
          }),
        ),
        time.dataThrough(),
        Plot.barX(drawn, {
          y,
          x1: start,
          x2: end,
          insetLeft: -8,
          insetRight: -8,
          insetTop: time.compact ? 16 : 5,
          insetBottom: time.compact ? 2 : 5,
          ...walkable(drawn, { id: ({ id }) => id, label: spoken }),
        }),
      ],
    },
  );
}

function tableOf(timeline: Timeline, options: Options): Table {
  return {
    columns: [
      words('start', 'From'),
      words('end', 'To'),
      words('setting', 'Setting'),
      words('title', 'What'),
      words('facility', 'Where'),
      words('detail', 'Detail'),
      words('reads', 'Reads'),
    ],
    rows: encounters(timeline, options).map((event) => ({
      start: event.start_date,
      end: event.end_date,
      setting: encounterLabel(event.lane),
      title: event.title,
      facility: event.facility,
      detail: event.detail,
      reads: event.readmission ? 'Unplanned return within 30 days' : null,
    })),
  };
}
