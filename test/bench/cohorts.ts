import { type Rule, ruleOfWhere } from '../../server/contract/cohort.ts';
import { readCatalogue } from '../../server/store/catalogue.ts';
import { countSteps } from '../../server/store/cohort.ts';
import type { Queries } from '../../server/store/query.ts';

const TIMES = 5;
const GOAL_MS = 300;

const YEAR = { kind: 'last', count: 12, unit: 'months', ending: 0 } as const;

/** What a program lead would ask: who they are, how they are, what happened, what did not. */
const ASKED: Readonly<Record<string, Rule>> = {
  'six kinds of rules': {
    kind: 'all',
    rules: [
      { kind: 'living' },
      { kind: 'age', from: 65 },
      { kind: 'condition', conditions: ['diabetes', 'heart-failure'], atLeast: 1 },
      { kind: 'count', event: { of: 'encounter', types: ['emergency department'] }, atLeast: 2, window: YEAR },
      {
        ...{ kind: 'count', atMost: 0, window: YEAR },
        event: { of: 'procedure', codes: [{ kind: 'codes', system: 'hcpcs', codes: ['G0438', 'G0439'] }] },
      },
      { kind: 'coverage', payerTypes: ['medicare'], atLeast: 12, window: YEAR },
    ],
  },
  'codes, results and drugs': {
    kind: 'all',
    rules: [
      {
        ...{ kind: 'count', atLeast: 2, window: YEAR },
        event: { of: 'diagnosis', codes: [{ kind: 'codes', system: 'icd-10-cm', codes: ['E11*', 'I1*'] }] },
      },
      {
        ...{ kind: 'latest', value: { is: 'above', value: 8 }, window: YEAR },
        codes: [{ kind: 'codes', system: 'loinc', codes: ['4548-4'] }],
      },
      { kind: 'not', rule: { kind: 'count', event: { of: 'drug', classes: ['statin'] }, window: YEAR } },
    ],
  },
};

/** The preview of each preset that has rules, and of two larger trees: count and attrition of everybody, from warm memory. */
export async function benchCohorts(queries: Queries): Promise<void> {
  const catalogue = await readCatalogue(queries);
  const presets = catalogue.presets
    .filter(({ where }) => where.startsWith('cohort:'))
    .map(({ id, where }) => [id, ruleOfWhere(where)] as const);
  const all: number[] = [];
  let slowest = { id: '', time: 0 };
  for (const [id, rule] of [...Object.entries(ASKED), ...presets]) {
    await countSteps(queries, catalogue, rule);
    const times: number[] = [];
    for (let at = 0; at < TIMES; at += 1) {
      const began = performance.now();
      await countSteps(queries, catalogue, rule);
      times.push(performance.now() - began);
    }
    all.push(...times);
    const time = median(times);
    if (time > slowest.time) slowest = { id, time };
  }
  console.log(
    `  cohort preview p50 ${median(all).toFixed(1)} ms (goal below ${GOAL_MS}), slowest ${slowest.id} ${slowest.time.toFixed(1)} ms`,
  );
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
