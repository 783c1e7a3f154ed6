import * as Plot from '@observablehq/plot';
import type { FeedMonths } from '#contract/run';
import { month, monthInFull } from '../format/date.ts';
import { kindLabel, sourceLabel } from '../format/label.ts';
import { inSentence, inWords, listed, noun, plural, sentence, spelled } from '../format/noun.ts';
import { type Chart, COMPACT, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, LINE, type Token, walkable, write } from './frame.ts';
import { clipped, textWidth } from './labels.ts';

export type Feed = FeedMonths['feeds'][number];

/** Records of each feed by month of service against its own usual month: a square per month, marked where it is empty or thin. */
export const feedMonths: Chart<Feed[]> = { finding, subtitle, draw, note, tableOf };

/** Less than this share of the usual month is thin, as the checks have it; months of fewer records come and go by chance. */
const THIN = 1 / 3;
const ENOUGH = 30;
/** The newest months, whose records may still come. */
const NEWEST = 2;

type State = 'empty' | 'thin' | 'arriving' | 'usual';
type Square = { feed: Feed; month: string; rows: number; level: number; state: State };

const nameOf = ({ kind, source_name }: Feed): string => `${kindLabel(kind)}, ${sourceLabel(source_name)}`;
const idOf = ({ kind, source_name }: Feed): string => `${kind}|${source_name}`;

/** What a point of the drawing stands for. */
export function behindPoint(point: string): { kind: string; month: string; source: string } {
  const [month = '', kind = '', ...source] = point.split('|');
  return { month, kind, source: source.join('|') };
}

/** Records of the middle one of its months that have any. */
function usualOf({ months }: Feed): number {
  const settled = months.slice(0, -NEWEST).filter(({ rows }) => rows > 0);
  const sorted = (settled.length > 0 ? settled : months).map(({ rows }) => rows).toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** Thin is only told of a feed that is steady: three in four of its months between half and twice the usual one. */
function squaresOf(feed: Feed): Square[] {
  const { months } = feed;
  const usual = usualOf(feed);
  const settled = months.slice(0, -NEWEST);
  const steady = settled.filter(({ rows }) => rows >= usual / 2 && rows <= 2 * usual).length >= 0.75 * settled.length;
  const stateOf = (one: Feed['months'][number], at: number): State => {
    if (one.rows === 0 && usual >= ENOUGH) return 'empty';
    if (at >= months.length - NEWEST) return 'arriving';
    return steady && usual >= ENOUGH && at > 0 && one.rows < THIN * usual ? 'thin' : 'usual';
  };
  return months.map((one, at) => ({
    feed,
    ...one,
    level: usual === 0 ? 0 : one.rows / usual,
    state: stateOf(one, at),
  }));
}

const MONTH = noun('month');
const FEED = noun('feed');

function finding(feeds: Feed[]): string {
  const squares = feeds.flatMap(squaresOf);
  if (squares.length === 0) return 'No feed has dates of service';
  const empty = told(squares, 'empty', 'nothing');
  const thin = told(squares, 'thin', 'less than a third of the usual records');
  if (empty || thin) return sentence([empty, thin].filter(Boolean).join('; '));
  return `No month is missing in ${feeds.length === 1 ? 'the one feed with dates' : `any of ${inWords(feeds.length)} feeds with dates`}`;
}

/** "lab results, EHR, have nothing of March 2026"; of many feeds how many months, and how many feeds. */
function told(squares: readonly Square[], state: State, what: string): string {
  const those = squares.filter((square) => square.state === state);
  const feeds = [...new Set(those.map(({ feed }) => feed))];
  const [only] = feeds;
  if (!only) return '';
  if (feeds.length > 1) return `${spelled(those.length, MONTH)} in ${spelled(feeds.length, FEED)} hold ${what}`;
  const when =
    those.length > 3
      ? `${inWords(those.length)} months, the first ${monthInFull(those[0]?.month ?? '')}`
      : listed(those.map((square) => monthInFull(square.month)));
  return `${inSentence(nameOf(only))}: ${what} of ${when}`;
}

function subtitle(): string {
  return 'Records by month of service; 100 is the feed’s own usual month. Stronger: more.';
}

function note(feeds: Feed[]): string | null {
  if (feeds.length === 0) return null;
  return `Usual: the middle one of its months. Diamond: empty, or less than a third of it in a feed that is steady. Hollow: the newest ${inWords(NEWEST)} months, whose records may still come.`;
}

function spoken({ feed, month, rows, level, state }: Square): string {
  const how = { empty: ', none where there should be some', thin: ', thin', arriving: ', may still come', usual: '' };
  return `${nameOf(feed)}, ${monthInFull(month)}: ${plural(rows, noun('record'))}, ${Math.round(100 * level)}% of the usual month${how[state]}`;
}

const BAD: readonly State[] = ['empty', 'thin'];
const FILL: Readonly<Record<State, Token>> = {
  ...{ empty: 'paper', thin: 'worse-soft', arriving: 'paper', usual: 'accent-soft' },
};

function draw(feeds: Feed[], { document, width }: Size): Element {
  const size = { width, ...(document && { document }) };
  const label = 'Records of each feed by month of service';
  const description = finding(feeds);
  const squares = feeds.flatMap(squaresOf);
  const all = [...new Set(squares.map(({ month }) => month))].sort();
  if (all.length === 0) return blank(size, label, description);
  const compact = width < COMPACT;
  const left = compact ? 0 : Math.round(16 + 1.06 * Math.max(...feeds.map((feed) => textWidth(nameOf(feed)))));
  const cell = (width - left) / all.length;
  const top = 2 * LINE + 6;
  const pitch = compact ? 46 : 32;
  const head = compact ? 20 : 0;
  const isWide = cell >= 30;
  const at = { x: 'month', y: ({ feed }: Square) => idOf(feed) } as const;
  const inset = { insetTop: head + 1.5, insetBottom: 1.5, insetLeft: 1, insetRight: 1 };
  const shaped = (state: State) => squares.filter((square) => square.state === state);
  const bad = squares.filter(({ state }) => BAD.includes(state));
  // Names stand where they have room: each month, each quarter or each half-year.
  const every = isWide ? 1 : cell >= 13 ? 3 : 6;
  const named = all.filter((month, at) => at === 0 || (Number(month.slice(5)) - 1) % every === 0);
  const years = all.filter((month, at) => at === 0 || month.endsWith('-01'));
  const heading = (months: readonly string[], dy: number, text: (iso: string) => string) =>
    write(months, {
      ...{ x: (iso: string) => iso, text, frameAnchor: 'top', lineAnchor: 'top', dy: dy - top, fill: colour('ink-2') },
      ...(every > 1 && { textAnchor: 'start', dx: -cell / 2 }),
    });
  return frame(
    { ...size, height: top + pitch * feeds.length, label, description },
    {
      ...{ marginTop: top, marginLeft: left },
      x: { type: 'band', domain: all, padding: 0, round: false, axis: null },
      y: { type: 'band', domain: feeds.map(idOf), padding: 0, axis: null },
      marks: [
        Plot.cell(shaped('usual'), {
          ...{
            ...at,
            ...inset,
            fill: colour(FILL.usual),
            fillOpacity: ({ level }) => 0.25 + 0.75 * Math.min(1, level / 1.5),
          },
        }),
        Plot.cell(shaped('arriving'), {
          ...{ ...at, ...inset, fill: colour(FILL.arriving), stroke: colour('rule') },
        }),
        Plot.cell(bad, { ...at, ...inset, fill: ({ state }: Square) => colour(FILL[state]), stroke: colour('worse') }),
        Plot.dot(bad, {
          ...{ ...at, r: 4, symbol: 'diamond2', fill: colour('worse'), dy: head / 2, dx: isWide ? 8 - cell / 2 : 0 },
        }),
        isWide
          ? write(squares, {
              ...{ ...at, text: ({ level }: Square) => String(Math.round(100 * level)) },
              fill: colour('ink'),
              fontWeight: ({ state }: Square) => (BAD.includes(state) ? 600 : 400),
            })
          : null,
        heading(years, 0, (iso) => iso.slice(0, 4)),
        heading(named, LINE, (iso) => month(iso).slice(0, 3)),
        write(feeds, {
          ...{ y: idOf, text: (feed: Feed) => clipped(nameOf(feed), compact ? width : left), fill: colour('ink-2') },
          ...(compact
            ? { frameAnchor: 'left', textAnchor: 'start', dy: 10 - pitch / 2 }
            : { frameAnchor: 'left', textAnchor: 'end', dx: -10 }),
        }),
        Plot.cell(squares, {
          ...{ ...at, ...inset },
          ...walkable(squares, { id: ({ feed, month }) => `${month}|${idOf(feed)}`, label: spoken }),
        }),
      ],
    },
  );
}

function tableOf(feeds: Feed[]): Table {
  const all = [...new Set(feeds.flatMap(({ months }) => months.map(({ month }) => month)))].sort();
  return {
    columns: [words('month', 'Month'), ...feeds.map((feed) => numbers(idOf(feed), nameOf(feed)))],
    rows: all.map((iso) => ({
      month: month(iso),
      ...Object.fromEntries(
        feeds.map((feed) => [idOf(feed), feed.months.find((one) => one.month === iso)?.rows ?? null]),
      ),
    })),
  };
}
