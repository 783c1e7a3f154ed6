import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { type Gap, gapsOf } from './measures-oracle.ts';
import { filled, MEASURES, people, THROUGH, YEARS } from './measures-people.ts';

const asRead = (
  person: string,
  { measure, year, isInitial, exclusion, isNumerator, status, evidenceDay }: Gap,
): string => [person, measure, year, isInitial, exclusion, isNumerator, status, evidenceDay].join(' | ');

describe('CMS122, CMS125, CMS130 and CMS165 of 4,000 random people', () => {
  const all = people(4_000, 1);
  const read = [...all].flatMap(([id, person]) => gapsOf(person, YEARS, THROUGH).map((gap) => ({ id, gap })));
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await filled(all);
  });
  afterAll(() => connection.closeSync());

  it('are what a second, naive reading of the rules finds', async () => {
    const gaps = MEASURES.map((id) => `from measure.${id}`).join(' union all ');
    const modelled = await rows(
      connection,
      `select concat_ws(' | ',
         source_person_id, measure_id, year(period_start), initial_population,
         if(denominator_exclusion, reason, ''), numerator, status, coalesce(evidence_date::varchar, '')
       ) as line
       from (${gaps}) join core.person_source using (person_id)`,
    );
    const lines = modelled.map(({ line }) => String(line));
    const [expected, found] = [new Set(read.map(({ id, gap }) => asRead(id, gap))), new Set(lines)];
    expect([...expected].filter((line) => !found.has(line))).toEqual([]);
    expect([...found].filter((line) => !expected.has(line))).toEqual([]);
    expect(lines).toHaveLength(read.length);
  });

  it('meet every rule more than 10 times', () => {
    const met = new Map<string, number>();
    for (const { gap } of read) {
      const fact = `${gap.measure} ${gap.exclusion ?? gap.status}`;
      met.set(fact, (met.get(fact) ?? 0) + 1);
    }
    const everyMeasure = [
      ...['aged out', 'closed', 'due soon', 'not eligible', 'overdue'],
      ...['frailty and advanced illness', 'hospice care', 'lives in a nursing home', 'palliative care'],
    ];
    const ownOf = {
      CMS122: ['tested, value unknown'],
      CMS125: ['history incomplete', 'both breasts removed'],
      CMS130: ['history incomplete', 'colon removed', 'colorectal cancer'],
      CMS165: [
        ...['tested, value unknown', 'frailty at 81 or older', 'pregnancy'],
        'kidney failure, dialysis or transplant',
      ],
    };
    const every = Object.entries(ownOf).flatMap(([measure, own]) =>
      [...everyMeasure, ...own].map((fact) => `${measure} ${fact}`),
    );
    expect([...met.keys()].sort()).toEqual(every.sort());
    expect(Math.min(...met.values())).toBeGreaterThan(10);
  });
});
