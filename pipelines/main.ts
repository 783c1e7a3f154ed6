import { parseArgs } from 'node:util';
import { EXIT, type ExitCode, PeopleError } from './engine/error.ts';
import { progressOn } from './engine/progress.ts';
import { readOverrides } from './publish/gates.ts';
import { openHome } from './publish/home.ts';
import { listSnapshots, readPointer, rollback } from './publish/snapshot.ts';
import { run } from './run.ts';

const USAGE = `throughline COMMAND

  start                    build what is missing, make the sample if there is no data, serve, print a sign-in link
  run --source DIR ...     recognise, verify, land, check, build, publish
      [--home DIR] [--as-of YYYY-MM-DD] [--period YYYY] [--skip PATH] [--format NAME] [--keep N] [--json]
      [--value-sets DIR]       FHIR ValueSets (exports of VSAC) that win over the built-in lists by OID
      [--reference DIR]        risk adjustment tables of CMS, drug names of the FDA, or in our layout; they win over the built-in ones
      [--allow CHECK_ID=REASON ...]  publish although this check fails; the reason is published too
  check --source DIR ...   everything up to the checks; publishes nothing
  serve                    the dashboard over the current snapshot  [--home DIR] [--port 8080] [--host 127.0.0.1]
  generate --members N --out DIR  [--years 3] [--seed 1] [--format tuva]
  snapshots                list the kept snapshots
  rollback ID              serve an earlier snapshot
  user add NAME --role ROLE | user list | user disable NAME

Exit codes: 0 done, 2 usage, 3 input refused, 4 a gate blocked publishing, 5 internal fault, 75 home held by another run.`;

const OPTIONS = {
  source: { type: 'string', multiple: true },
  home: { type: 'string' },
  'as-of': { type: 'string' },
  period: { type: 'string' },
  'value-sets': { type: 'string' },
  reference: { type: 'string' },
  skip: { type: 'string', multiple: true },
  format: { type: 'string' },
  keep: { type: 'string' },
  allow: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

const usage = (message: string): PeopleError => new PeopleError(EXIT.usage, `${message}\n\n${USAGE}`);

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function matching(option: string, text: string | undefined, pattern: RegExp): string | undefined {
  if (text !== undefined && !pattern.test(text)) throw usage(`--${option} cannot be "${text}"`);
  return text;
}

async function main(command: string | undefined, args: string[]): Promise<ExitCode> {
  const { values, positionals } = parse(args);
  const home = openHomeAt(values.home);
  switch (command) {
    case 'run':
    case 'check': {
      if (!values.source?.length) throw usage(`${command} needs --source DIR`);
      if (positionals.length > 0) throw usage(`${command} does not take "${positionals.join(' ')}"`);
      const overrides = await readOverrides(values.allow ?? []);
      const progress = progressOn(process.stderr);
      const summary = await run({
        home: home(),
        sources: values.source,
        publish: command === 'run',
        asOf: matching('as-of', values['as-of'], /^\d{4}-\d{2}-\d{2}$/),
        period: matching('period', values.period, /^\d{4}$/),
        skip: values.skip ?? [],
        format: values.format,
        valueSets: values['value-sets'],
        reference: values.reference,
        overrides,
        keep: Number(matching('keep', values.keep, /^[1-9]\d*$/) ?? 3),
        progress,
      });
      if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
      else process.stderr.write(`${summary.message}\n`);
      return (summary.exitCode ?? EXIT.internal) as ExitCode;
    }
    case 'snapshots': {
      const current = readPointer(home());
      for (const { snapshot, publishedAt, dataThrough } of listSnapshots(home())) {
        const mark = snapshot === current?.snapshot ? '*' : ' ';
        process.stdout.write(`${mark} ${snapshot}  published ${publishedAt}  data through ${dataThrough}\n`);
      }
      return EXIT.done;
    }
    case 'rollback': {
      const [id] = positionals;
      if (id === undefined) throw usage('rollback needs the id of a snapshot');
      const { snapshot, dataThrough } = await rollback(home(), id);
      process.stdout.write(`now serving ${snapshot}, data through ${dataThrough}\n`);
      return EXIT.done;
    }
    default:
      throw usage(command === undefined || command === 'help' ? 'which command?' : `no command "${command}"`);
  }
}

/** Opened on first use, so that a usage error leaves no folder behind. */
const openHomeAt = (path: string | undefined) => () =>
  openHome(path ?? process.env.THROUGHLINE_HOME ?? './.throughline');

const [command, ...args] = process.argv.slice(2);
try {
  process.exitCode = await main(command, args);
} catch (error) {
  process.stderr.write(
    `${error instanceof PeopleError ? error.message : `internal fault: ${error instanceof Error ? error.stack : error}`}\n`,
  );
  process.exitCode = error instanceof PeopleError ? error.exitCode : EXIT.internal;
}
