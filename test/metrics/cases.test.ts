import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cases, type PipeRow, parsePipeTable } from '../../pipelines/engine/cases.ts';
import { definitionsInOrder, found, given, make, warehouse } from '../support/warehouse.ts';

const { definitions } = await definitionsInOrder();
const folders = [...definitions.metrics, ...definitions.measures];

type Case = Cases[string];

/** Whoever and whatever a case names is its own, in a file of its own: `ann` of the third case is `3~ann`. Codes stay. */
function own(at: number, text: string): string {
  const [header = '', ...lines] = text.trim().split('\n');
  const names = header.split('|').map((name) => name.trim());
  const named = (line: string) =>
    line.split('|').map((cell, place) => {
      const isName = /_(id|npi|tin)$/.test(names[place] ?? '') && cell.trim() !== '';
      return isName ? `${at}~${cell.trim()}` : cell;
    });
  return [`${header} | file_id`, ...lines.map((line) => [...named(line), at].join(' | '))].join('\n');
}

/** One warehouse for all cases of a definition that hold at the same time; each has people and places of its own. */
async function together(cases: readonly Case[], name: string): Promise<DuckDBConnection> {
  const connection = await warehouse(cases[0]?.variables);
  for (const [at, example] of cases.entries()) {
    const tables = Object.entries(example.given).map(([table, text]) => [table, own(at, text)]);
    await given(connection, Object.fromEntries(tables));
  }
  await make(connection, 'core.person_source', name);
  return connection;
}

for (const { declaration, model, cases } of folders) {
  describe(declaration.id, () => {
    const named = Object.entries(cases).map(([rule, example]) => ({
      rule,
      example,
      when: JSON.stringify(example.variables),
    }));
    for (const when of new Set(named.map((one) => one.when))) {
      const group = named.filter((one) => one.when === when);
      const examples = group.map(({ example }) => example);
      let made: Promise<DuckDBConnection> | undefined;
      afterAll(async () => (await made)?.closeSync());
      for (const [at, { rule, example }] of group.entries())
        it(rule, async () => {
          made ??= together(examples, model.name);
          const rows = `(select * from ${model.name} where person_id in (
          select person_id from core.person_source where starts_with(source_person_id, '${at}~')
        ))`;
          const { got, wanted } = await found(await made, rows, example.expect);
          const unnamed = got.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([column, text]) => [column, text?.replaceAll(`${at}~`, '') ?? null]),
            ),
          );
          expect(unnamed, `${model.path}\n\n${model.sql}`).toEqual(wanted);
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
