import { z } from 'zod';
import type { TimelineEvent } from '#contract/patient';
import type { Shown, Why } from '#contract/why';
import type { CatalogueMetric, SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';
import { readTimeline } from './timeline.ts';

/** Of which row it is asked; `person` is a person's key. */
interface AskedRow {
  readonly person: string;
  readonly subject: string;
  readonly date: string;
}

const Fact = z.object({ evidence: z.string().nullable(), evidence_date: z.iso.date().nullable() });
type Fact = z.infer<typeof Fact>;

const Row = Fact.extend({
  numerator: z.number(),
  exclusion: z.string().nullable(),
  event_id: z.string().nullable(),
  reason: z.string().nullable(),
});

const Exclusion = Fact.extend({ reason: z.string() });

const NOTHING: Fact = { evidence: null, evidence_date: null };

/** Why a row counts or is left out, rule by rule, with what shows it; null where there is no such row. */
export async function readWhy(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  metric: CatalogueMetric,
  asked: AskedRow,
): Promise<Why | null> {
  const { names } = catalogue;
  const of = sql`from ${names.table(metric.relation)}
    where person_id = ${asked.person} and subject_id = ${asked.subject} and anchor_date = ${asked.date}::date`;
  const orNull = (name: string): Sql =>
    names.has(metric.relation, name) ? names.column(metric.relation, name) : sql`null as ${names.alias(name)}`;
  const [row] = await queries.rows(
    sql`select numerator::double as numerator, exclusion,
      ${join(['evidence', 'evidence_date', 'event_id', 'reason'].map(orNull), ', ')} ${of}`,
    Row,
  );
  if (!row) return null;
  const isListed = names.has(metric.relation, 'exclusions');
  const found = isListed
    ? await queries.rows(
        sql`select one.reason, one.evidence, one.evidence_date from (select unnest(exclusions) as one ${of})`,
        Exclusion,
      )
    : [];
  const kept =
    row.exclusion === null ? [] : [{ ...(metric.kind === 'measure' ? row : NOTHING), reason: row.exclusion }];
  const applying = found.length > 0 ? found : kept;
  const counted = metric.kind === 'measure' ? { ...row, evidence: row.evidence ?? row.reason } : row;
  const { population, shown } = await recordOf(queries, catalogue, asked, row.event_id, [...applying, counted]);
  return {
    population,
    rules: rulesOf(metric.reasons, applying, found.length > 0).map(({ fact, ...rule }) => ({
      ...rule,
      ...shown(fact),
    })),
    numerator: row.exclusion === null ? { value: row.numerator, ...shown(counted, row.event_id) } : null,
  };
}

/**
 * What each rule of a definition says of a row. Where not all that apply are listed but the first alone, those before it
 * do not apply, and those after it were not asked. What is no rule of the definition, such as an exception, comes last.
 */
export function rulesOf<F extends { readonly reason: string }>(
  reasons: readonly string[],
  applying: readonly F[],
  isWhole: boolean,
) {
  const first = Math.min(...applying.map(({ reason }) => reasons.indexOf(reason)));
  const others = applying.map(({ reason }) => reason).filter((reason) => !reasons.includes(reason));
  return [...reasons, ...others].map((reason, at) => {
    const fact = applying.find((one) => one.reason === reason);
    if (fact) return { reason, verdict: 'applies' as const, fact };
    const isAsked = isWhole || applying.length === 0 || at < first;
    return { reason, verdict: isAsked ? ('does not apply' as const) : ('not asked' as const), fact: NOTHING };
  });
}

const Record = z.object({
  evidence: z.string(),
  encounter_id: z.string().nullable(),
  claim_id: z.string().nullable(),
  source_name: z.string(),
});

/**
 * Where the person's record has what evidence tells of: it names the code, the kind of source and the day, as in
 * 'HCPCS 77067, claim 2025-04-07'. A fill without its code is known by its day, where one claim of a pharmacy has it.
 */
const recordsOf = (person: string, facts: readonly string[]): Sql => sql`
  with told as (select unnest([${join(
    facts.map((evidence) => sql`${evidence}::varchar`),
    ', ',
  )}]) as evidence),
  record as (
    select encounter_id, claim_id, source_name, concat(hcpcs_code, ', claim ', line_start_date) as words
    from core.medical_claim where person_id = ${person} and hcpcs_code is not null
    union all
    select encounter_id, claim_id, source_name,
      concat(code, if(claim_id is null, ', EHR ', ', claim '), coalesce(onset_date, recorded_date))
    from core.condition where person_id = ${person}
    union all
    select encounter_id, claim_id, source_name, concat(code, if(claim_id is null, ', EHR ', ', claim '), performed_date)
    from core.procedure where person_id = ${person}
    union all
    select null, claim_id, source_name, concat(ndc_code, ', claim ', fill_date)
    from core.pharmacy_claim where person_id = ${person}
    union all
    select null, min(claim_id), min(source_name), unnest(['filled (claim ' || fill_date, ', claim ' || fill_date || ')'])
    from core.pharmacy_claim where person_id = ${person} group by fill_date having count(distinct claim_id) = 1
  )
  select distinct told.evidence, record.encounter_id, record.claim_id, record.source_name
  from told join record on contains(told.evidence, record.words) order by all`;

/** Finds in what is known of the person the event that a row is of, and the event and the claims of each fact. */
async function recordOf(
  queries: Queries,
  catalogue: SnapshotCatalogue,
  { person, subject, date }: AskedRow,
  next: string | null,
  facts: readonly Fact[],
) {
  const told = facts.flatMap(({ evidence }) => evidence ?? []);
  const [records, timeline] = await Promise.all([
    told.length > 0 ? queries.rows(recordsOf(person, told), Record) : [],
    readTimeline(queries, catalogue, person),
  ]);
  const events = timeline ?? [];
  const ofId = (id: string | null) => events.find((event) => event.id === id);
  const own = ofId(subject);
  const stated = (text: string) =>
    events.find(
      ({ code, source, start_date }) =>
        code !== null && text.includes(`${code}, ${source === 'ehr' ? 'EHR' : source} ${start_date}`),
    );
  const ofDay = (day: string): TimelineEvent | undefined => {
    if (own === undefined) return undefined;
    if (own.start_date <= day && day <= date) return own;
    const starting = events.filter((event) => event.start_date === day && isCare(event));
    const visits = starting.filter(isVisit);
    return starting.find(({ id }) => id === next) ?? only(visits) ?? only(starting);
  };
  const shownBy = (fact: Fact, event: TimelineEvent | undefined, claims?: Shown['claims']): Shown => {
    const { source_name } = event ?? {};
    const all = source_name ? (event?.claim_ids ?? []).map((claim_id) => ({ claim_id, source_name })) : [];
    return { ...fact, event: event ? brief(event) : null, claims: distinct(claims ?? all) };
  };
  return {
    population: shownBy(NOTHING, own),
    shown({ evidence, evidence_date }: Fact, event: string | null = null): Shown {
      const found = records.filter((record) => record.evidence === evidence);
      return shownBy(
        { evidence, evidence_date },
        ofId(event) ??
          found.map(({ encounter_id }) => ofId(encounter_id)).find(Boolean) ??
          (evidence === null ? undefined : stated(evidence)) ??
          (evidence_date === null ? undefined : ofDay(evidence_date)),
        found.length > 0
          ? found.flatMap(({ claim_id, source_name }) => (claim_id ? [{ claim_id, source_name }] : []))
          : undefined,
      );
    },
  };
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const isCare = ({ lane }: TimelineEvent): boolean => !['medication', 'observation', 'immunization'].includes(lane);
const isVisit = ({ lane }: TimelineEvent): boolean => ['office visit', 'telehealth'].includes(lane);

const brief = ({ id, title, facility, start_date, end_date }: TimelineEvent) => ({
  ...{ id, title, facility, start_date, end_date },
});

const distinct = (claims: Shown['claims']): Shown['claims'] => [
  ...new Map(claims.map((claim) => [`${claim.source_name} ${claim.claim_id}`, claim])).values(),
];
