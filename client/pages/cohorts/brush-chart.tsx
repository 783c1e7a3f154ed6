import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef, useState } from 'react';
import { binsOf, type NumberChart, placesBetween } from '#contract/crossfilter';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { count } from '../../format/number.ts';
import { useTable } from '../../state/use-scope.ts';
import {
  belowOf,
  fieldsOf,
  findingOf,
  type Group,
  labelOf,
  percent,
  type Shown,
  shareOf,
  tickOf,
  toWords,
  unitOf,
} from './brush-words.ts';

declare module 'react' {
  interface CSSProperties {
    /** Of a bar: its part of the tallest one, of everybody and of those left. */
    '--all'?: number;
    '--left'?: number;
  }
}

interface BrushProps {
  readonly letter: string;
  readonly shown: Shown;
  /** Places of the bars that are chosen; none: all of them count. */
  readonly chosen: readonly number[];
  /** Null where nothing can be chosen. */
  readonly onChosen: ((chart: string, places: readonly number[]) => void) | null;
}

const NONE: readonly number[] = [];
const TICKS = 6;

/** One chart of many: bars to choose from, everybody pale behind them, and the same as a table. */
export const BrushChart = memo(function BrushChart({ letter, shown, chosen, onChosen }: BrushProps) {
  const { chart, everybody } = shown;
  const table = useTable(letter);
  const set = onChosen && ((places: readonly number[]) => onChosen(chart.id, places));
  const places = binsOf(chart)
    .map((_, place) => place)
    .filter((place) => everybody.bins[place] !== 0 || chosen.includes(place));
  const bars = chart.kind === 'number' ? stretched(chart, places) : places;
  const isLong = chart.kind !== 'number' && bars.length > 8;
  return (
    <Figure
      letter={letter}
      title={chart.title}
      sub={findingOf(shown)}
      span={isLong ? 6 : 4}
      onward={
        <>
          {set && chosen.length > 0 && (
            <button type="button" className="link" onClick={() => set(NONE)}>
              Clear<span className="unseen"> {chart.title}</span>
            </button>
          )}
          <button type="button" className="link" aria-pressed={table.open} onClick={table.toggle}>
            {table.open ? 'Chart' : 'Table'}
            <span className="unseen"> of {chart.title}</span>
          </button>
        </>
      }
    >
      {table.open ? <Twin shown={shown} places={bars} chosen={chosen} /> : <Bars {...{ shown, chosen, bars, set }} />}
      {chart.kind === 'number' && set && <Range chart={chart} chosen={chosen} set={set} />}
    </Figure>
  );
});

/** From the first bar that anybody is in to the last, without gaps; "not known" where anybody is. */
const stretched = ({ edges }: NumberChart, places: readonly number[]): number[] => {
  const known = places.filter((place) => place <= edges.length);
  const [first = 0, last = 0] = [known[0], known.at(-1)];
  const between = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return places.includes(edges.length + 1) ? [...between, edges.length + 1] : between;
};

type Set = (places: readonly number[]) => void;

interface BarsProps {
  readonly shown: Shown;
  readonly chosen: readonly number[];
  readonly bars: readonly number[];
  readonly set: Set | null;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const LEAPS: Readonly<Record<string, number>> = { PageDown: 10, PageUp: -10, Home: -1000, End: 1000 };

/**
 * The bars are buttons, one stop of the Tab key for all: arrows walk them, Enter or the space bar chooses one, Shift with
 * an arrow chooses the bars on the way. A pointer chooses one, or drags over several of a number.
 */
function Bars({ shown, chosen, bars, set }: BarsProps) {
  const { chart, everybody, left } = shown;
  const [here, setHere] = useState<number | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly anchor: number; moved: boolean } | null>(null);
  const isNumber = chart.kind === 'number';
  const groups: readonly Group[] = [everybody, left];
  const most = Math.max(1e-9, ...groups.flatMap((group) => bars.map((place) => shareOf(group, place))));
  const stop = here !== null && bars.includes(here) ? here : (chosen[0] ?? bars[0]);
  const toggle = (place: number) => {
    const without = chosen.filter((one) => one !== place);
    const isChosen = without.length < chosen.length;
    set?.(isChosen ? without : [...chosen, place].sort((a, b) => a - b));
  };
  const run = (a: number, b: number) =>
    set?.(bars.filter((place) => place >= Math.min(a, b) && place <= Math.max(a, b)));

  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key] ?? LEAPS[event.key];
    if (step === undefined || stop === undefined) return;
    event.preventDefault();
    const at = bars.indexOf(stop);
    const next = Math.min(bars.length - 1, Math.max(0, at + step));
    const place = bars[next];
    if (place === undefined) return;
    if (event.shiftKey && isNumber) {
      const passed = bars.slice(Math.min(at, next), Math.max(at, next) + 1);
      set?.([...new Set([...chosen, ...passed])].sort((a, b) => a - b));
    }
    setHere(place);
    frame.current?.querySelectorAll('button')[next]?.focus();
  };
  const under = (event: PointerEvent): number | undefined => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return undefined;
    const at = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return bars[Math.min(bars.length - 1, Math.max(0, at))];
  };
  const press = (event: PointerEvent) => {
    const anchor = under(event);
    if (anchor === undefined || !isNumber || !set || event.button !== 0) return;
    drag.current = { anchor, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const place = under(event);
    if (!drag.current || place === undefined) return;
    if (place === drag.current.anchor && !drag.current.moved) return;
    drag.current.moved = true;
    setHere(place);
    run(drag.current.anchor, place);
  };
  const release = () => {
    if (drag.current && !drag.current.moved) toggle(drag.current.anchor);
    drag.current = null;
  };

  return (
    <div className={isNumber ? 'brush number' : 'brush'}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields; these are bars of a chart */}
      <div
        ref={frame}
        role="group"
        aria-label={`${chart.title}: bars`}
        className="brush-bars"
        onKeyDown={walk}
        onPointerDown={press}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={release}
        onMouseLeave={() => setHere(null)}
      >
        {bars.map((place) => (
          <button
            key={place}
            type="button"
            tabIndex={place === stop ? 0 : -1}
            aria-pressed={set ? chosen.includes(place) : undefined}
            aria-disabled={set === null || undefined}
            aria-label={isNumber ? said(shown, place) : undefined}
            className={chosen.length === 0 || chosen.includes(place) ? undefined : 'out'}
            style={{
              '--all': shareOf(everybody, place) / most,
              '--left': shareOf(left, place) / most,
            }}
            // A pointer on a number is followed by the frame; a click without one is the keyboard or a reading aid.
            onClick={({ detail }) => (!isNumber || detail === 0) && toggle(place)}
            onFocus={() => setHere(place)}
            onPointerEnter={() => !drag.current && setHere(place)}
          >
            {!isNumber && (
              <>
                <span className="brush-label">{labelOf(chart, place)} </span>
                <span className="brush-track" />
                <span className="brush-count">{count(left.bins[place] ?? 0)}</span>
                <span className="unseen">{ofWhom(shown, place)}</span>
              </>
            )}
          </button>
        ))}
      </div>
      {isNumber && <Axis chart={chart} bars={bars} />}
      <p className="brush-told" aria-hidden="true">
        {here !== null && bars.includes(here)
          ? said(shown, here)
          : set && (isNumber ? 'Drag over the bars, or choose single ones.' : 'Choose one or more.')}
      </p>
    </div>
  );
}

/** "75: 120 of 300 people, 4.1% of those left". */
const said = (shown: Shown, place: number): string =>
  `${labelOf(shown.chart, place)}: ${count(shown.left.bins[place] ?? 0)}${ofWhom(shown, place)}`;

const ofWhom = ({ everybody, left }: Shown, place: number): string =>
  left === everybody
    ? ` people, ${percent(shareOf(left, place))}`
    : ` of ${count(everybody.bins[place] ?? 0)} people, ${percent(shareOf(left, place))} of those left`;

function Axis({ chart, bars }: { chart: NumberChart; bars: readonly number[] }) {
  const step = Math.ceil(bars.length / TICKS);
  const unknown = chart.edges.length + 1;
  const round = chart.edges.length > 50 ? 10 * Math.ceil(step / 10) : step;
  const ticks = bars.filter((place, at) =>
    place === unknown ? true : chart.edges.length > 50 ? place % round === 0 : at % step === 0,
  );
  return (
    <div className="brush-axis" aria-hidden="true">
      {ticks.map((place) => (
        <span key={place} style={{ left: `${(100 * (bars.indexOf(place) + 0.5)) / bars.length}%` }}>
          {tickOf(chart, place)}
        </span>
      ))}
    </div>
  );
}

/** The same range as numbers; a number between two edges takes in its whole bar. */
function Range({ chart, chosen, set }: { chart: NumberChart; chosen: readonly number[]; set: Set }) {
  const { from, to } = fieldsOf(chart, chosen);
  const unknown = chosen.filter((place) => place > chart.edges.length);
  const put = (next: { from: number | null; to: number | null }) => {
    const isOpen = next.from === null && next.to === null;
    const places = isOpen ? [] : placesBetween(chart, next.from ?? undefined, belowOf(chart, next.to));
    set([...places, ...unknown]);
  };
  return (
    <div className="brush-range">
      <Limit label="From" name={`${chart.title}: from`} value={from} onValue={(value) => put({ from: value, to })} />
      <Limit
        label={toWords(chart)}
        name={`${chart.title}: ${toWords(chart)}`}
        value={to}
        onValue={(value) => put({ from, to: value })}
      />
      <span>{unitOf(chart)}</span>
    </div>
  );
}

interface LimitProps {
  readonly label: string;
  readonly name: string;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
}

/** A number that counts when it is complete: on Enter or on leaving the field. Then it says the edge it came to. */
function Limit({ label, name, value, onValue }: LimitProps) {
  const field = useRef<HTMLInputElement>(null);
  const text = value === null ? '' : String(value);
  useEffect(() => {
    if (field.current) field.current.value = text;
  }, [text]);
  const commit = () => {
    if (!field.current || field.current.value === text) return;
    const next = field.current.valueAsNumber;
    field.current.value = text;
    onValue(Number.isNaN(next) ? null : next);
  };
  return (
    <label>
      {label}{' '}
      <input
        ref={field}
        type="number"
        step="any"
        inputMode="decimal"
        aria-label={name}
        placeholder="any"
        defaultValue={text}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  );
}

interface TwinProps {
  readonly shown: Shown;
  readonly places: readonly number[];
  readonly chosen: readonly number[];
}

function Twin({ shown: { chart, everybody, left }, places, chosen }: TwinProps) {
  const number = (key: string, label: string, of: (place: number) => string, by: (place: number) => number | null) =>
    ({ key, label, align: 'right', show: of, by }) satisfies Column<number>;
  const cell =
    ({ bins }: Group) =>
    (place: number) =>
      bins[place] ?? 0;
  const counted = (group: Group) => (place: number) => count(cell(group)(place));
  const share = (group: Group) => (place: number) => percent(shareOf(group, place));
  const own = [
    number('left', 'Left', counted(left), cell(left)),
    number('left-share', 'Share', share(left), cell(left)),
  ];
  return (
    <div className="twin">
      <DataTable<number>
        caption={chart.title}
        columns={[
          {
            key: 'bin',
            label: chart.title,
            show: (place) => `${labelOf(chart, place)}${chosen.includes(place) ? ' (chosen)' : ''}`,
            by: (place) => place,
          },
          ...(left === everybody ? [] : own),
          number('all', 'Everybody', counted(everybody), cell(everybody)),
          number('all-share', 'Share', share(everybody), cell(everybody)),
        ]}
        rows={places}
        id={String}
      />
    </div>
  );
}
