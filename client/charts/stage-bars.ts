import * as Plot from '@observablehq/plot';
import type { RunSummary } from '#contract/run';
import { sentence, spelled } from '../format/noun.ts';
import { duration } from '../format/number.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame } from './frame.ts';
import { rowList } from './row-list.ts';

type Stage = RunSummary['stages'][number];

/** The stages of a pipeline run, each starting where the one before ended. */
export const stageBars: Chart<Stage[]> = { finding, subtitle, draw, note, tableOf };

const sum = (stages: readonly Stage[]) => stages.reduce((total, { seconds }) => total + seconds, 0);

function finding(stages: Stage[]): string {
  const slowest = stages.toSorted((a, b) => b.seconds - a.seconds)[0];
  const all = sum(stages);
  if (!slowest || all === 0) return 'No stage has been timed';
  const share = Math.round((100 * slowest.seconds) / all);
  return `The run took ${duration(all)}; ${slowest.name} took most, ${duration(slowest.seconds)} (${share}%)`;
}

function subtitle(stages: Stage[]): string {
  return `${sentence(spelled(stages.length, { one: 'stage', many: 'stages' }))} in order, from start to end.`;
}

function note(): null {
  return null;
}

function draw(stages: Stage[], size: Size): Element {
  const label = 'Stages of the run';
  const description = finding(stages);
  const all = sum(stages);
  if (all === 0) return blank(size, label, description);
  const rows = stages.map((stage, at) => {
    const start = sum(stages.slice(0, at));
    return { ...stage, start, end: start + stage.seconds };
  });
  const list = rowList(rows, { width: size.width, id: ({ name }) => name, label: ({ name }) => name, right: 72 });
  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: [0, all], axis: null },
      marks: [
        list.lines(rows.slice(1), 'rule'),
        Plot.barX(rows, {
          y: 'name',
          x1: 'start',
          x2: 'end',
          insetLeft: -0.5,
          insetRight: -0.5,
          fill: colour('accent'),
          ...list.bar,
        }),
        list.labels(),
        list.column(0, { text: ({ seconds }) => duration(seconds) }),
        list.points(({ name, seconds, start }) => `${name}: ${duration(seconds)}, from ${duration(start)}`),
      ],
    },
  );
}

function tableOf(stages: Stage[]): Table {
  const format = (seconds: number) => seconds.toFixed(1);
  return {
    columns: [words('name', 'Stage'), numbers('seconds', 'Time', { unit: 'seconds', format })],
    rows: stages.map(({ name, seconds }) => ({ name, seconds })),
  };
}
