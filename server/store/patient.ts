import { z } from 'zod';
import type { Filter } from '#contract/filter';
import { isRecorded } from '#contract/metric';
import { CareGap, Patient, PatientSummary, type Patients, type PatientsQuery } from '#contract/patient';
import { readCosts, readTeam } from './care-team.ts';
import type { SnapshotCatalogue } from './catalogue.ts';
import { members } from './cohort.ts';
import { readFindings } from './findings.ts';
import { NOT_SHARED } from './identity.ts';
import { withGaps } from './person-number.ts';
import type { Queries } from './query.ts';
import { cutTo, type Page, type Sql, sql } from './sql.ts';

const SUMMARY = sql`summary.person_id,
  nullif(concat_ws(' ', person.first_name, person.last_name), '') as name,
  summary.age, summary.sex, summary.practice, summary.risk_tier, summary.risk_score, summary.risk_basis,
  coalesce(summary.drivers, []) as drivers, coalesce(summary.conditions, []) as conditions,
  coalesce(summary.admissions_12m, 0) as admissions_12m,
  coalesce(summary.emergency_visits_12m, 0) as emergency_visits_12m,
  coalesce(summary.paid_12m, 0) as paid_12m, coalesce(gap.open_gaps, 0) as open_gaps, summary.last_visit_date,
  person.death_date, exclusion.not_shared_from, exclusion.not_shared`;

const WITH_PERSON = sql`join core.person as person on person.person_id = summary.person_id
  left join ${NOT_SHARED} as exclusion on exclusion.person_id = summary.person_id`;

const SORT: Readonly<Record<PatientsQuery['sort'], Sql>> = {
  risk: sql`summary.risk_order`,
  age: sql`summary.age`,
  paid: sql`summary.paid_12m`,
  admissions: sql`summary.admissions_12m`,
  emergency: sql`summary.emergency_visits_12m`,
  gaps: sql`gap.open_gaps`,
  last_visit: sql`summary.last_visit_date`,
  name: sql`lower(concat_ws(' ', person.last_name, person.first_name))`,
};

type Asked = Pick<PatientsQuery, 'q' | 'sort' | 'direction'>;

/**
 * The persons that a filter and a search (part of the name, or the whole id) leave, the living first, and how many there
 * are. People whose claims CMS does not share are left out of the list, and found by a search.
 */
export function patientsOf(
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { q, sort, direction }: Asked,
  page: Page | null,
) {
  const searched = q.trim().toLowerCase();
  const { from, where } = members(catalogue, filter);
  const isListed = searched === '' ? sql`exclusion.person_id is null` : sql`true`;
  const isFound =
    searched === ''
      ? sql`true`
      : sql`(contains(lower(concat_ws(' ', person.first_name, person.last_name)), ${searched})
          or summary.person_id = ${searched})`;
  return {
    counts: sql`select count(*) filter (where ${isListed}) as total, count(*) filter (where not ${isListed}) as left_out
      from ${from} ${WITH_PERSON} where ${where} and ${isFound}`,
    rows: sql`select ${SUMMARY} from ${from} ${WITH_PERSON} ${withGaps(catalogue)} where ${where} and ${isFound} and ${isListed}
      order by person.death_date is not null, ${SORT[sort]} ${direction === 'asc' ? sql`asc` : sql`desc`} nulls last, summary.risk_order desc nulls last, summary.person_id
      ${cutTo(page)}`,
  };
}

/** One page of them. */
export async function readPatients(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  filter: Filter,
  { limit, offset, ...asked }: Asked & Page,
): Promise<Patients> {
  const { counts, rows } = patientsOf(catalogue, filter, asked, { limit, offset });
  const [{ total, left_out }, patients] = await Promise.all([
    queries.row(counts, z.object({ total: z.number(), left_out: z.number() })),
    queries.rows(rows, PatientSummary, limit),
  ]);
  return { total, left_out, patients };
}

/** Undefined when there is no such person. */
export async function readPatient(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  personId: string,
): Promise<Patient | undefined> {
  const [person] = await queries.rows(
    sql`select ${SUMMARY}, person.birth_date, person.race, person.ethnicity, person.zip_code, person.county_fips,
        person.state, person.dual_status_code, summary.enrolled_from, summary.enrolled_to
      from mart.person_summary as summary ${WITH_PERSON} ${withGaps(catalogue)} where summary.person_id = ${personId}`,
    Patient.omit({ findings: true, gaps: true, team: true, costs: true }),
  );
  if (!person) return undefined;
  const isFollowed = person.death_date === null && person.not_shared === null;
  const [findings, gaps, team, costs] = await Promise.all([
    isFollowed ? readFindings(queries, catalogue, personId) : [],
    readGaps(queries, catalogue, personId),
    readTeam(queries, personId),
    readCosts(queries, personId),
  ]);
  return { ...person, findings, gaps, team, costs };
}

/** Every recorded rate of every measure that the person is in the initial population of, newest period first. */
async function readGaps(queries: Queries, { metrics }: SnapshotCatalogue, personId: string): Promise<CareGap[]> {
  const titles = new Map(
    [...metrics.values()].filter(isRecorded).map(({ measureId, rateId, title }) => [`${measureId} ${rateId}`, title]),
  );
  const gaps = await queries.rows(
    sql`select measure_id, rate_id, period_start, period_end, status, reason, evidence_date, evidence, due_date
      from mart.care_gap where person_id = ${personId} and initial_population
      order by period_end desc, measure_id, rate_id`,
    CareGap.omit({ title: true }),
  );
  return gaps.flatMap((gap) => {
    const title = titles.get(`${gap.measure_id} ${gap.rate_id}`);
    return title === undefined ? [] : [{ ...gap, title }];
  });
}
