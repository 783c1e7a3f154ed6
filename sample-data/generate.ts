import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, dayOf, iso, monthStart, parseDay, yearOf } from './calendar.ts';
import { feeForServiceOnly } from './fee-for-service.ts';
import { AlrFiles } from './layout/alr.ts';
import { CclfFiles } from './layout/cclf.ts';
import { FhirFiles } from './layout/fhir.ts';
import { TuvaFiles } from './layout/tuva.ts';
import { live } from './life.ts';
import { planOf } from './personas.ts';
import type { Plan, World } from './plan.ts';
import { trapsOf } from './traps.ts';
import { TruthFiles } from './truth.ts';

export const VERSION = '1.0.0';

/** The file layouts that plans can be written in. */
const LAYOUTS = { tuva: TuvaFiles, cclf: CclfFiles, alr: AlrFiles, fhir: FhirFiles };
export type Layout = keyof typeof LAYOUTS;
export const isLayout = (name: string): name is Layout => Object.hasOwn(LAYOUTS, name);

export interface Options {
  readonly members: number;
  /** Years of service, the last of which ends on `asOf`. */
  readonly years?: number;
  readonly seed?: number;
  readonly formats?: readonly Layout[];
  /** Months in which CMS delivers claims (CCLF); one delivery unless given. */
  readonly deliveries?: number;
  /** Write only what CMS tells an ACO, whatever the layout: no Medicare Advantage, no EHR, no care for substance use. */
  readonly feeForServiceOnly?: boolean;
  /**
   * Folder to write to; it is made when missing, and files of the same names are replaced. Tuva files alone lie in it,
   * those of other layouts and of several in a folder of each layout's name.
   */
  readonly out: string;
  /** Last day of service and day of delivery, YYYY-MM-DD; 2026-09-30 unless given. */
  readonly asOf?: string;
}

export interface Progress {
  readonly done: number;
  readonly members: number;
}

/** Persons written between two reports of progress, and between two chances for the process to do something else. */
const BATCH = 200;

export function worldOf({ years = 3, seed = 1, asOf = '2026-09-30' }: Omit<Options, 'members' | 'out'>): World {
  const end = parseDay(asOf);
  const start = dayOf(yearOf(end) - years, Number(asOf.slice(5, 7)), Number(asOf.slice(8))) + 1;
  return {
    seed,
    start,
    end,
    programmeStart: addMonths(monthStart(end), -14),
    wave: dayOf(yearOf(end), 1, 1),
  };
}

/**
 * Writes a synthetic population as extracts, and beside them, in `truth/`, what was planted. The same options give the
 * same bytes, whatever the day, the machine or the time zone. Returns the rows written by file.
 */
export async function generate(
  options: Options,
  progress: (report: Progress) => void = () => {},
): Promise<Readonly<Record<string, number>>> {
  const { members, years = 3, seed = 1, formats = ['tuva'], deliveries, out } = options;
  const world = worldOf(options);
  const isTuvaAlone = formats.every((format) => format === 'tuva');
  const folders = formats.map((format) => ({ format, folder: isTuvaAlone ? out : join(out, format) }));
  for (const { folder } of folders) mkdirSync(folder, { recursive: true });
  const layouts = folders.map(({ format, folder }) => new LAYOUTS[format](world, folder, deliveries));
  const truth = new TruthFiles(world, join(out, 'truth'));
  /** Returns what is told of the plan. */
  const write = (plan: Plan): Plan | null => {
    const told = options.feeForServiceOnly ? feeForServiceOnly(plan) : plan;
    if (told) for (const writer of [...layouts, truth]) writer.person(told);
    return told;
  };
  for (let number = 1; number <= members; number++) {
    const told = write(live(world, number));
    if (told) truth.risk(told);
    if (number % BATCH !== 0 && number !== members) continue;
    progress({ done: number, members });
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const [at, trap] of trapsOf(world).entries()) {
    const plan = planOf(world, trap, at);
    if (write(plan) === plan) truth.trap(trap);
  }
  for (const writer of [...layouts, truth]) writer.close();
  const marker = { generator: 'throughline', version: VERSION, seed, members, years, deliveryDate: iso(world.end) };
  for (const { folder } of folders) {
    writeFileSync(join(folder, 'synthetic.json'), `${JSON.stringify(marker, null, 2)}\n`);
  }
  return Object.assign({}, ...layouts.map(({ rows }) => rows));
}
