import * as Plot from '@observablehq/plot';
import type { AttritionStep } from '#contract/cohort';
import { day } from '../format/date.ts';
import { noun, plural, sentence } from '../format/noun.ts';
import { count, SUPPRESSION } from '../format/number.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame } from './frame.ts';
import { rowList } from './row-list.ts';

type Options = { asOf: string };

/** Everybody, then rule after rule who is left and who leaves. */
export const attrition: Chart<AttritionStep[], Options> = { finding, subtitle, draw, note, tableOf };

const people = noun('person', 'people');
const HIDDEN = 'not shown';
const shown = (value: number | null): string => (value === null ? HIDDEN : count(value));
const isRule = ({ rule }: AttritionStep): boolean => rule !== null;

function finding(steps: AttritionStep[]): string {
  const [everybody] = steps;
  const left = steps.at(-1);
  if (!everybody || !left || everybody.persons === 0) return 'There is nobody to choose from';
  const all = everybody.persons === null ? 'everybody' : plural(everybody.persons, people);
  if (!isRule(left)) return `Without a rule, ${all === 'everybody' ? all : `all ${all}`} belong`;
  const remain =
    left.persons === null
      ? 'how many are left is not shown'
      : left.persons === 0
        ? 'nobody is left'
        : `${count(left.persons)} ${left.persons === 1 ? 'is' : 'are'} left`;
  return sentence(`of ${all}, ${remain}${mostLeave(steps)}`);
}

const QUOTED = 80;

/** Where the most leave: by its words, or by its place where they are many. */
function mostLeave(steps: AttritionStep[]): string {
  if (steps.filter(isRule).length < 2) return '';
  const [most] = steps.toSorted((a, b) => (b.dropped ?? 0) - (a.dropped ?? 0));
  if (!most?.dropped) return '; nobody is known to leave';
  const named = most.words.length > QUOTED ? `rule ${steps.indexOf(most)}` : `“${most.words}”`;
  return `; the most leave at ${named}, ${count(most.dropped)}`;
}

function subtitle(_: AttritionStep[], { asOf }: Options): string {
  return `Who is left after each rule, in order, as of ${day(asOf)}.`;
}

function note(steps: AttritionStep[]): string | null {
  const hidden = steps.some((step) => step.persons === null || (isRule(step) && step.dropped === null));
  return hidden ? `–: ${SUPPRESSION}.` : null;
}

function draw(steps: AttritionStep[], { asOf: _, ...size }: Options & Size): Element {
  const label = 'People left after each rule';
  const description = finding(steps);
  const rows = steps.map((step, at) => ({ ...step, id: String(at), label: sentence(step.words) }));
  const total = Math.max(0, ...rows.map(({ persons }) => persons ?? 0));
  if (total === 0) return blank(size, label, description);
  const list = rowList(rows, {
    width: size.width,
    id: ({ id }) => id,
    label: ({ label }) => label,
    strong: (row) => !isRule(row),
    right: 112,
    top: 24,
  });
  const inColumn = (value: number | null) => (value === null ? '–' : count(value));
  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: [0, total], axis: null },
      marks: [
        list.lines(rows.slice(1), 'rule'),
        Plot.barX(rows, {
          ...{ y: 'id', x1: 0, x2: 'persons', ...list.bar },
          fill: (row: AttritionStep) => colour(isRule(row) ? 'accent' : 'mark'),
        }),
        Plot.barX(rows, {
          ...{ y: 'id', x1: 'persons', fill: colour('mark-soft'), ...list.bar },
          x2: ({ persons, dropped }: AttritionStep) =>
            persons === null || dropped === null ? null : persons + dropped,
        }),
        list.labels(),
        list.column(60, {
          head: 'leave',
          text: (row) => (isRule(row) ? `${row.dropped ? '−' : ''}${inColumn(row.dropped)}` : ''),
          fill: colour('ink-2'),
        }),
        list.column(0, { head: 'are left', text: ({ persons }) => inColumn(persons) }),
        list.points((row) =>
          isRule(row)
            ? `${row.label}: ${shown(row.dropped)} leave, ${shown(row.persons)} are left`
            : `${row.label}: ${shown(row.persons)}`,
        ),
      ],
    },
  );
}

function tableOf(steps: AttritionStep[]): Table {
  return {
    columns: [
      words('label', 'Rule'),
      numbers('dropped', 'Leave'),
      numbers('persons', 'Are left'),
      numbers('keepsAlone', 'Kept by this rule alone'),
      numbers('dropsAlone', 'Dropped by it alone'),
    ],
    rows: steps.map((step) => ({
      label: sentence(step.words),
      dropped: isRule(step) ? (step.dropped ?? HIDDEN) : null,
      persons: step.persons ?? HIDDEN,
      keepsAlone: isRule(step) ? (step.keepsAlone ?? HIDDEN) : null,
      dropsAlone: isRule(step) ? (step.dropsAlone ?? HIDDEN) : null,
    })),
  };
}
