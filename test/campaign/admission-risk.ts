// npx tsx test/campaign/admission-risk.ts [--members 20000] [--years 3] [--seed 1]
// Plants admissions by a known hazard (sample-data, truth/risk.csv), fits the model of the next 12 months to what the
// extracts show, and holds both against what came on the last landmark, on the same people. Ends with exit 1 where the
// model's c-statistic lies more than 0.02 below the truth's, or its calibration slope outside 0.9 to 1.1.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { SCHEMAS } from '../../pipelines/engine/build.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { loadValueSets } from '../../pipelines/engine/value-sets.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { load } from '../../pipelines/readers/load.ts';
import { generate } from '../../sample-data/generate.ts';
import { definitionsInOrder, make, setVariables } from '../support/warehouse.ts';

const AS_OF = '2026-09-30';
/** Nothing of the risk comes from these. */
const UNREAD = ['appointment.csv', 'immunization.csv', 'lab_result.csv', 'provider_attribution.csv'];

export interface Recovered {
  readonly people: number;
  readonly admitted: number;
  /** What the model of the earlier landmarks expected, and what the truth expects. */
  readonly expected: number;
  readonly planted: number;
  readonly cStatistic: number;
  readonly trueCStatistic: number;
  readonly slope: number;
  readonly intercept: number;
}

/** The model of a population that is drawn for the purpose, held against the hazard that was planted in it. */
export async function recover(options: { members: number; years: number; seed: number }): Promise<Recovered> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-risk-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    const source = join(folder, 'source');
    await generate({ ...options, asOf: AS_OF, out: source });
    for (const schema of [...SCHEMAS, 'input']) await connection.run(`create schema ${schema}`);
    await createInput(connection, 'input');
    const home = { landing: join(folder, 'l'), quarantine: join(folder, 'q'), scratch: join(folder, 's') };
    for (const path of Object.values(home)) mkdirSync(path);
    const request = {
      connection,
      home,
      runId: 'risk',
      sources: [source],
      skip: UNREAD.map((name) => join(source, name)),
      format: undefined,
      progress: silent,
    };
    const { refusals } = await load(request);
    if (refusals.length > 0) throw new Error(refusals.map(({ message }) => message).join('\n'));
    await setVariables(connection, { data_through: AS_OF, period: AS_OF.slice(0, 4) });
    await loadValueSets(connection, (await definitionsInOrder()).definitions);
    await make(connection, 'mart.admission_risk_slope', 'core.person_source');
    const [found = {}] = await rows(
      connection,
      `with judged as (
         select judged.is_admitted, judged.risk as own, truth.chance as planted
         from mart.admission_risk_judged as judged
         join (select distinct person_id, source_person_id from core.person_source) as source using (person_id)
         join read_csv(${quoted(join(source, 'truth/risk.csv'))}) as truth
           on truth.person = source.source_person_id and truth."from" = judged.month
       ),
       placed as (
         select *, rank() over (order by own) + (count(*) over (partition by own) - 1) / 2 as own_place,
           rank() over (order by planted) + (count(*) over (partition by planted) - 1) / 2 as planted_place
         from judged
       ),
       summed as (
         select count(*) as people, count_if(is_admitted) as admitted, sum(own) as expected, sum(planted) as planted,
           sum(own_place) filter (is_admitted) as own_places, sum(planted_place) filter (is_admitted) as planted_places
         from placed
       )
       select people::integer as people, admitted::integer as admitted, expected, planted,
         (own_places - admitted * (admitted + 1) / 2) / (admitted * (people - admitted)) as "cStatistic",
         (planted_places - admitted * (admitted + 1) / 2) / (admitted * (people - admitted)) as "trueCStatistic",
         (select coefficient from mart.admission_risk_slope where factor = 'slope') as slope,
         (select coefficient from mart.admission_risk_slope where factor = 'intercept') as intercept
       from summed`,
    );
    const number = (name: keyof Recovered) => Number(found[name]);
    return {
      people: number('people'),
      admitted: number('admitted'),
      expected: number('expected'),
      planted: number('planted'),
      cStatistic: number('cStatistic'),
      trueCStatistic: number('trueCStatistic'),
      slope: number('slope'),
      intercept: number('intercept'),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      members: { type: 'string', default: '20000' },
      years: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
    },
  });
  const found = await recover({
    members: Number(values.members),
    years: Number(values.years),
    seed: Number(values.seed),
  });
  console.log(found);
  const isRecovered = found.cStatistic >= found.trueCStatistic - 0.02 && found.slope >= 0.9 && found.slope <= 1.1;
  process.exitCode = isRecovered ? 0 : 1;
}
