import { parseArgs } from 'node:util';
import { generate, type Options } from './generate.ts';

const USAGE = 'usage: generate --members N [--years 3] [--seed 1] [--format tuva] [--as-of YYYY-MM-DD] --out DIR';

/** Options of the command line; an error says which one is wrong. */
function read(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      members: { type: 'string' },
      years: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      format: { type: 'string', default: 'tuva' },
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
  if (values.format !== 'tuva') throw new Error(`--format can be tuva, got ${values.format}`);
  return {
    members: whole('members', values.members, 1),
    years: whole('years', values.years, 1),
    seed: whole('seed', values.seed, 0),
    formats: ['tuva'],
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
  for (const [file, count] of Object.entries(rows)) console.log(`${file}.csv: ${count} rows`);
}
