import { parseArgs } from 'node:util';
import { generate, isLayout, type Options } from './generate.ts';

const USAGE = `usage: generate --members N [--years 3] [--seed 1] [--format tuva,cclf,alr,fhir] [--deliveries 1]
  [--fee-for-service-only] [--as-of YYYY-MM-DD] --out DIR`;

/** Options of the command line; an error says which one is wrong. */
function read(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      members: { type: 'string' },
      years: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      format: { type: 'string', default: 'tuva' },
      deliveries: { type: 'string', default: '1' },
      'fee-for-service-only': { type: 'boolean', default: false },
      'as-of': { type: 'string' },
      out: { type: 'string' },
    },
  });
  const whole = (name: string, text: string | undefined, least: number): number => {
    if (!/^\d+$/.test(text ?? '') || Number(text) < least)
      throw new Error(`--${name} needs a whole number from ${least}, got ${text}`);
    return Number(text);
  };
  if (!values.out) throw new Error('--out DIR is missing');
  const formats = [...new Set(values.format.split(','))];
  if (!formats.every(isLayout))
    throw new Error(`--format can be tuva, cclf, alr and fhir, joined by commas, got ${values.format}`);
  const years = whole('years', values.years, 1);
  const deliveries = whole('deliveries', values.deliveries, 1);
  if (deliveries > 12 * years)
    throw new Error(`--deliveries can be ${12 * years} in ${years} years, got ${deliveries}`);
  return {
    members: whole('members', values.members, 1),
    years,
    seed: whole('seed', values.seed, 0),
    formats,
    deliveries,
    feeForServiceOnly: values['fee-for-service-only'],
    out: values.out,
    ...(values['as-of'] && { asOf: values['as-of'] }),
  };
}

function report({ done, members }: { readonly done: number; readonly members: number }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${members} members`);
}

function optionsOrUsage(): Options | null {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

const options = optionsOrUsage();
if (options) {
  const rows = await generate(options, report);
  if (process.stderr.isTTY) process.stderr.write('\n');
  for (const [file, count] of Object.entries(rows)) console.log(`${file}: ${count} rows`);
}
