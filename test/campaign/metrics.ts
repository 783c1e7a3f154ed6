// npx tsx test/campaign/metrics.ts --home DIR [--questions 5000] [--seed 1]
// Puts random questions to every metric and measure of a published home, and answers each again by a naive reading of the
// metric's rows. Ends with exit 1 where the two differ.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { Catalogue } from '#contract/catalogue';
import { Current } from '#contract/current';
import { MetricResult } from '#contract/result';
import { answerTo, differenceOf, pathOf, questionTo, readRows, saidBy } from '../api/metric-oracle.ts';
import { serve } from '../support/serve.ts';
import { Random } from './random.ts';

const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    questions: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
if (!values.home) throw new Error('--home names a published home');
const random = new Random(Number(values.seed));
const { file } = Current.parse(JSON.parse(readFileSync(join(values.home, 'current.json'), 'utf8')));
const instance = await DuckDBInstance.create(join(values.home, file), { access_mode: 'READ_ONLY' });
const plain = await instance.connect();
const { ask: askOnce, close } = await serve(values.home);
/** A slow reading of rows outlasts the connection that is kept for the next question. */
const ask = (path: string) => askOnce(path).catch(() => askOnce(path));
/** Null where the answer takes more time, memory or rows than any may. */
const answered = async (path: string) => {
  try {
    return MetricResult.parse(await (await ask(path)).json());
  } catch (error) {
    if (error instanceof Error && /: (413|503) /.test(error.message)) return null;
    throw error;
  }
};
const catalogue = Catalogue.parse(await (await ask('/api/catalogue')).json());

const each = Math.ceil(Number(values.questions) / catalogue.metrics.length);
let [asked, unanswered, rolling, groups, differences] = [0, 0, 0, 0, 0];
for (const { sql: _, ...metric } of catalogue.metrics) {
  const rows = await readRows(plain, metric, catalogue.dimensions);
  for (let at = 0; at < each; at++) {
    const question = questionTo(metric, catalogue, random);
    const path = pathOf(question);
    const result = await answered(path);
    if (!result) {
      unanswered += 1;
      continue;
    }
    const said = saidBy(result, question);
    const difference = differenceOf(said, answerTo(question, rows, catalogue));
    asked += 1;
    groups += said.size;
    if (question.rolling) rolling += 1;
    if (difference) {
      differences += 1;
      console.log(`${path}\n  ${difference}`);
    }
  }
}
console.log(
  `${asked} questions (${rolling} rolling) to ${catalogue.metrics.length} metrics, ${groups} groups, ${differences} differences, ${unanswered} were too large`,
);
await close();
plain.closeSync();
instance.closeSync();
if (differences > 0) process.exitCode = 1;
