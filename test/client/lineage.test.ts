// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { LineageNode } from '#contract/result';
import { lineage } from '../../client/charts/lineage.ts';

const node = (name: string, kind: LineageNode['kind'], rows: number | null, ...reads: string[]) => ({
  ...{ name, kind, rows, reads },
});
const NODES = [
  node('metric.stays', 'metric', 40, 'mart.stay', 'core.person'),
  node('mart.stay', 'mart', 50, 'mart.part', 'core.person'),
  node('mart.part', 'mart', 60, 'core.encounter'),
  node('core.encounter', 'core', 70, 'input.encounter', 'input.appointment'),
  node('core.person', 'core', 30, 'input.patient'),
  node('input.encounter', 'input', 70, 'file.a/encounter.csv'),
  node('input.appointment', 'input', 0),
  node('input.patient', 'input', null, 'file.a/patient.csv'),
  node('file.a/encounter.csv', 'file', 71),
  node('file.a/patient.csv', 'file', 30),
];
const OPTIONS = { of: 'metric.stays', shareable: true };

const pointsAt = (width: number) =>
  [...lineage.draw(NODES, { ...OPTIONS, width }).querySelectorAll('[data-point]')].map((point) =>
    point.getAttribute('aria-label'),
  );

describe('the way from files to a number', () => {
  it('says on how many files and tables it stands, and what is not drawn', () => {
    expect(lineage.finding(NODES, OPTIONS)).toBe('It stands on 2 files by way of 7 tables');
    expect(lineage.note(NODES, OPTIONS)).toBe(
      'Not drawn: 1 table that only others of the same stage read and 1 table without a row. The list has them. Numbers of rows are hidden in shareable mode.',
    );
  });

  it('draws what the next stage reads, straight through tables of one stage, at any width', () => {
    const told = [
      'core.encounter: 70 rows',
      'core.person: 30 rows',
      'file.a/encounter.csv: 71 rows',
      'file.a/patient.csv: 30 rows',
      'input.encounter: 70 rows',
      'input.patient: hidden',
      'mart.stay: 50 rows',
      'metric.stays: 40 rows',
    ];
    expect(pointsAt(600).toSorted()).toEqual(told);
    expect(pointsAt(350).toSorted()).toEqual(told);
    const drawing = lineage.draw(NODES, { ...OPTIONS, width: 600 });
    expect(drawing.querySelectorAll('[aria-label="link"] path').length).toBe(8);
    expect(drawing.textContent).not.toContain('hidden');
  });

  it('has them all in the table', () => {
    const { rows } = lineage.tableOf(NODES, OPTIONS);
    expect(rows.length).toBe(NODES.length);
    expect(rows.find(({ name }) => name === 'input.patient')?.rows).toBe('hidden');
  });

  it('says so when nothing is recorded', () => {
    expect(lineage.finding(NODES.slice(0, 1), OPTIONS)).toBe('Where it comes from is not recorded');
    expect(lineage.draw(NODES.slice(0, 1), { ...OPTIONS, width: 600 }).querySelector('[data-point]')).toBeNull();
  });
});
