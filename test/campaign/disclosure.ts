// npx tsx test/campaign/disclosure.ts --tables 100000 --pairs 10000 --people 10000 --minimum 30 [--part 1/2] [--seed 0]
// Suppresses random tables and lets the auditor attack them, and likewise what several routes tell of the same people;
// subtracts pairs of answers of a small snapshot; and compares what is hidden of small tables with the least that the
// auditor allows. Ends with exit 1 where anything is found out.
import { parseArgs } from 'node:util';
import { leastHidden } from '../disclosure/minimum.ts';
import { anyPair, overSnapshot, subtract } from '../disclosure/pairs.ts';
import { peopleTally, SHARED } from '../disclosure/people.ts';
import { suppress } from '../disclosure/random-tables.ts';
import { ENOUGH, type Tally, tallyOf } from '../disclosure/tally.ts';
import { METRICS } from '../support/snapshot.ts';
import { Random } from './random.ts';

const BATCH = 1_000;
const PERSONS = 2_000;

/** The seeds of one part of several. */
function seedsOf(count: number, part: string): { readonly from: number; readonly to: number } {
  const [number = 1, parts = 1] = part.split('/').map(Number);
  return { from: Math.floor(((number - 1) * count) / parts), to: Math.floor((number * count) / parts) };
}

function auditTables(from: number, to: number): Tally {
  const all: Tally = { tables: 0, cells: 0, shown: 0, secrets: 0, visible: 0, recovered: 0, narrow: 0, found: [] };
  for (let at = from; at < to; at += BATCH) {
    const batch = tallyOf(suppress, at, Math.min(to, at + BATCH));
    for (const field of ['tables', 'cells', 'shown', 'secrets', 'visible', 'recovered', 'narrow'] as const) {
      all[field] += batch[field];
    }
    all.found.push(...batch.found);
    console.log(`${all.tables} tables: ${wordsOf(all)}`);
  }
  return all;
}

const wordsOf = ({ secrets, visible, recovered, narrow, cells, shown }: Tally): string =>
  `${secrets} hidden counts of 1 to 10; ${visible} visible, ${recovered} recovered, ${narrow} within less than ${ENOUGH}; ${Math.round((100 * (cells - shown)) / cells)} % of ${cells} cells hidden`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tables: { type: 'string', default: '100000' },
      pairs: { type: 'string', default: '10000' },
      people: { type: 'string', default: '10000' },
      minimum: { type: 'string', default: '30' },
      part: { type: 'string', default: '1/1' },
      seed: { type: 'string', default: '0' },
    },
  });
  const tables = seedsOf(Number(values.tables), values.part);
  const audited = auditTables(Number(values.seed) + tables.from, Number(values.seed) + tables.to);
  const asked = seedsOf(Number(values.people), values.part);
  const people = peopleTally(SHARED, asked.from, asked.to);
  console.log(
    `${people.populations} populations: ${people.secrets} counts of 1 to 10; ${people.recovered.length} recovered, ${people.narrow} within less than ${ENOUGH}`,
  );
  const pairs = seedsOf(Number(values.pairs), values.part);
  const subtracted = pairs.to > pairs.from ? await subtractPairs(pairs.from, pairs.to) : { both: 0, found: [] };
  console.log(
    `${pairs.to - pairs.from} pairs, ${subtracted.both} of them shown both: ${subtracted.found.length} found`,
  );
  for (const one of subtracted.found.slice(0, 10)) console.log(one);
  const { tables: tried, small, least, hidden, worst } = leastHidden(Number(values.minimum));
  console.log(
    `${tried} small tables: ${small} cells small, ${least} hidden at least, ${hidden} hidden, in one ${worst} times the least`,
  );
  process.exitCode =
    audited.visible + audited.recovered + people.recovered.length + subtracted.found.length > 0 ? 1 : 0;
}

const subtractPairs = (from: number, to: number) =>
  overSnapshot(PERSONS, (snapshot) =>
    subtract(
      snapshot,
      Array.from({ length: to - from }, (_, at) =>
        anyPair(
          new Random(from + at),
          METRICS.map(({ id }) => id),
        ),
      ),
    ),
  );

if (process.argv[1] === import.meta.filename) await main();
