import { describe, expect, it } from 'vitest';
import { type PipeRow, parsePipeTable } from '../../pipelines/engine/cases.ts';
import { definitionsInOrder, found, given, make, warehouse } from '../support/warehouse.ts';

const { definitions } = await definitionsInOrder();
const folders = [...definitions.metrics, ...definitions.measures];

for (const { declaration, model, cases } of folders) {
  describe.concurrent(declaration.id, () => {
    for (const [rule, example] of Object.entries(cases)) {
      it(rule, async () => {
        const connection = await warehouse(example.variables);
        await given(connection, example.given);
        await make(connection, model.name);
        const { got, wanted } = await found(connection, model.name, example.expect);
        expect(got, `${model.path}\n\n${model.sql}`).toEqual(wanted);
        connection.closeSync();
      });
    }
  });
}

/** What a reviewer looks for first: who counts, who does not, who is left out, and both sides of the boundary. */
const isCounted = (row: PipeRow) =>
  row.exclusion === null || (row.denominator === 'true' && row.denominator_exclusion !== 'true');
const KINDS: Readonly<Record<string, (rule: string, rows: readonly PipeRow[]) => boolean>> = {
  'in numerator': (_, rows) =>
    rows.some((row) => isCounted(row) && !['0', 'false', null].includes(row.numerator ?? null)),
  'denominator only': (_, rows) => rows.some((row) => isCounted(row) && ['0', 'false'].includes(row.numerator ?? '')),
  excluded: (_, rows) => rows.some((row) => Boolean(row.exclusion) || row.denominator_exclusion === 'true'),
  'just inside the boundary': (rule) => rule.startsWith('just inside: '),
  'just outside the boundary': (rule) => rule.startsWith('just outside: '),
};

describe('the cases', () => {
  for (const { declaration, cases } of folders) {
    it(`of ${declaration.id} show every kind of row`, () => {
      const examples = Object.entries(cases).map(([rule, { expect }]) => [rule, parsePipeTable(expect)] as const);
      const missing = Object.entries(KINDS)
        .filter(([, shows]) => !examples.some(([rule, rows]) => shows(rule, rows)))
        .map(([kind]) => kind);
      expect(missing).toEqual([]);
    });
  }

  it('of readmission, the hardest rule, are the most', () => {
    const numbers = folders.map(({ declaration, cases }) => [declaration.id, Object.keys(cases).length] as const);
    const most = numbers.reduce((a, b) => (b[1] > a[1] ? b : a));
    expect(most[0]).toBe('readmission-30-day');
    expect(numbers.filter(([, number]) => number === most[1])).toHaveLength(1);
  });
});
