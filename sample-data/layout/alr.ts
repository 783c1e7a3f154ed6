import { join } from 'node:path';
import { addMonths, type Day, dayOf, iso, monthEnd, monthOf, yearOf } from '../calendar.ts';
import { feeForServiceMonths, isSeenToDie } from '../fee-for-service.ts';
import { isDelivered, type Plan, type Span, type World } from '../plan.ts';
import { LineFile } from './lines.ts';

const numbered = (name: string, count: number, width = 1): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${name}${String(at + 1).padStart(width, '0')}`);

const BENEFICIARY =
  'BENE_MBI_ID BENE_HIC_NUM BENE_1ST_NAME BENE_LAST_NAME BENE_SEX_CD BENE_BRTH_DT BENE_DEATH_DT'.split(' ');

/** Columns of the tables that are written, in order. */
const COLUMNS = {
  '1-1': [
    ...BENEFICIARY,
    ...'GEO_SSA_CNTY_CD_NAME GEO_SSA_STATE_NAME STATE_COUNTY_CD IN_VA_MAX VA_TIN VA_NPI CBA_FLAG'.split(' '),
    ...'ASSIGNMENT_TYPE ASSIGNED_BEFORE ASG_STATUS PARTD_MONTHS'.split(' '),
    ...numbered('EnrollFlag', 12),
    'HCC_version',
    ...numbered('HCC_COL_', 120),
    ...numbered('BENE_RSK_R_SCRE_', 12, 2),
    ...'ESRD_SCORE DIS_SCORE AGDU_SCORE AGND_SCORE DEM_ESRD_SCORE DEM_DIS_SCORE DEM_AGDU_SCORE'.split(' '),
    ...'DEM_AGND_SCORE NEW_ENROLLEE LTI_STATUS BENE_RACE_CD BENE_PSNYRS_DUAL'.split(' '),
  ],
  '1-2': [...BENEFICIARY, 'MASTER_ID', 'B_EM_LINE_CNT_T'],
  '1-4': [...BENEFICIARY, 'MASTER_ID', 'NPI_USED', 'PCS_COUNT'],
} as const;
type Table = keyof typeof COLUMNS;
type Column = (typeof COLUMNS)[Table][number];

/** MM/DD/YYYY, as the lists really have it. */
const american = (day: Day): string => {
  const [year, month, date] = iso(day).split('-');
  return `${month}/${date}/${year}`;
};

/** 1 kidney failure, 2 disabled, 3 aged with Medicaid, 4 aged without. */
const enrollFlag = ({ medicareStatus, dual }: Span): string =>
  medicareStatus.endsWith('1') ? '1' : medicareStatus === '20' ? '2' : dual === '00' ? '4' : '3';

/** One report: its tables cover the twelve months from `start`. */
class Report {
  readonly start: Day;
  readonly #files: Readonly<Record<Table, LineFile>>;

  constructor(folder: string, name: string, start: Day) {
    this.start = start;
    const open = (table: Table): LineFile => {
      const file = new LineFile(join(folder, `${name}_${table}.csv`));
      file.line(COLUMNS[table].map((column) => `"${column}"`).join(','));
      return file;
    };
    this.#files = { '1-1': open('1-1'), '1-2': open('1-2'), '1-4': open('1-4') };
  }

  write(table: Table, values: Readonly<Record<string, string | number>>): void {
    this.#files[table].line(COLUMNS[table].map((column: Column) => values[column] ?? '').join(','));
  }

  /** Records of a table, without its header. */
  rows(table: Table): number {
    return this.#files[table].rows - 1;
  }

  close(): void {
    for (const file of Object.values(this.#files)) file.close();
  }
}

/**
 * Writes the Assignment List Reports of the performance year of the delivery (CMS, Shared Savings Program): one for each
 * benchmark year, one for the twelve months to the end of the current quarter. They name who is in fee for service in
 * which month (table 1-1) and the practice and clinician who care for them (1-2, 1-4). Risk scores and conditions are
 * left blank.
 */
export class AlrFiles {
  readonly #world: World;
  readonly #reports: readonly Report[];

  constructor(world: World, folder: string) {
    const { end } = world;
    const year = yearOf(end);
    const quarter = Math.ceil(monthOf(end) / 3);
    const suffix = `D${String(year).slice(2)}9999.T0100000`;
    this.#world = world;
    this.#reports = [
      ...[3, 2, 1].map((before) => {
        const name = `P.A0000.ACO.AALR.Y${year - before}.${suffix}`;
        return new Report(folder, name, dayOf(year - before, 1, 1));
      }),
      new Report(folder, `P.A0000.ACO.QALR.${year}Q${quarter}.${suffix}`, dayOf(year - 1, 3 * quarter + 1, 1)),
    ];
  }

  get rows(): Readonly<Record<string, number>> {
    const count = (table: Table) => this.#reports.reduce((sum, report) => sum + report.rows(table), 0);
    return { 'ALR 1-1': count('1-1'), 'ALR 1-2': count('1-2'), 'ALR 1-4': count('1-4') };
  }

  close(): void {
    for (const report of this.#reports) report.close();
  }

  person(plan: Plan): void {
    const months = feeForServiceMonths(plan, this.#world);
    for (const report of this.#reports) this.#list(report, plan, months);
  }

  #list(report: Report, plan: Plan, all: ReadonlyMap<Day, Span>): void {
    const months = Array.from({ length: 12 }, (_, at) => all.get(addMonths(report.start, at)) ?? null);
    const enrolled = months.filter((span) => span !== null);
    if (enrolled.length === 0) return;
    const { person, death } = plan;
    const last = Math.min(monthEnd(addMonths(report.start, 11)), this.#world.end);
    const who = {
      BENE_MBI_ID: person.memberId,
      BENE_1ST_NAME: person.firstName.toUpperCase(),
      BENE_LAST_NAME: person.lastName.toUpperCase(),
      BENE_SEX_CD: person.sex === 'male' ? '1' : '2',
      BENE_BRTH_DT: american(person.birth),
      BENE_DEATH_DT: death !== null && death <= last && isSeenToDie(plan) ? american(death) : '',
    };
    const dual = enrolled.filter((span) => span.dual !== '00').length / 12;
    report.write('1-1', {
      ...who,
      GEO_SSA_CNTY_CD_NAME: person.place.county.replace(' County', '').toUpperCase(),
      GEO_SSA_STATE_NAME: 'OHIO',
      IN_VA_MAX: 0,
      CBA_FLAG: 1,
      ASSIGNMENT_TYPE: 1,
      PARTD_MONTHS: enrolled.length,
      ...Object.fromEntries(months.map((span, at) => [`EnrollFlag${at + 1}`, span ? enrollFlag(span) : '0'])),
      LTI_STATUS: enrolled.some(({ isInstitutional }) => isInstitutional) ? 1 : 0,
      BENE_PSNYRS_DUAL: dual.toFixed(14),
    });
    const { npi, tin } = person.clinician;
    const seen = plan.claims.filter(
      (claim) =>
        claim.rendering?.npi === npi &&
        claim.start >= report.start &&
        claim.start <= last &&
        isDelivered(claim, this.#world),
    );
    const lines = Math.max(
      1,
      seen.reduce((sum, claim) => sum + claim.lines.length, 0),
    );
    report.write('1-2', { ...who, MASTER_ID: tin, B_EM_LINE_CNT_T: lines });
    report.write('1-4', { ...who, MASTER_ID: tin, NPI_USED: npi, PCS_COUNT: lines });
  }
}
