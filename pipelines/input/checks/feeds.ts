import { type Check, onRows } from '../../engine/check.ts';

/** How far back a month is held against the others. */
const MONTHS = 36;

interface Feed {
  readonly table: string;
  readonly number: number;
  readonly day: string;
  readonly words: string;
}

const feeds: readonly Feed[] = [
  { table: 'medical_claim', number: 2201, day: 'claim_start_date', words: 'claim lines' },
  { table: 'pharmacy_claim', number: 2211, day: 'dispensing_date', words: 'fills' },
  { table: 'encounter', number: 2221, day: 'encounter_start_date', words: 'encounters' },
  { table: 'lab_result', number: 2231, day: 'collection_datetime', words: 'laboratory results' },
];

/**
 * The months of each source: none is missing, none is thin. The first and the newest two are left out, for they are
 * seldom whole.
 */
const months = ({ table, number, day, words }: Feed): Check[] => {
  const month = `(
    select
      source_name,
      month,
      lines,
      lag(month) over source as before,
      median(lines) over (partition by source_name) as usual_lines,
      min(month) over (partition by source_name) as first_month,
      max(month) over (partition by source_name) as last_month
    from (
      select source_name, date_trunc('month', ${day})::date as month, count(*) as lines
      from input.${table} where ${day} is not null group by all
    )
    window source as (partition by source_name order by month)
  )`;
  return onRows(month, table.replaceAll('_', '-'), 'source system', [
    {
      number,
      id: 'month-not-missing',
      title: `No month without ${words} lies between months that have some`,
      among: `month > first_month and month > last_month - interval ${MONTHS} month`,
      broken: 'before < month - interval 1 month',
    },
    {
      number: number + 1,
      id: 'month-not-thin',
      title: `No month has less than a third of the usual ${words}`,
      among: `month > greatest(first_month, last_month - interval ${MONTHS} month)
        and month < last_month - interval 1 month`,
      broken: 'lines < usual_lines / 3',
    },
  ]);
};

const newest = (table: string, number: number, day: string, words: string): Check[] =>
  onRows(
    `(
    select max(${day}) as newest, max(file_date) as delivered from input.${table} group by source_name
  )`,
    table.replaceAll('_', '-'),
    'source system',
    [
      {
        number,
        id: 'newest-month-there',
        title: `The newest ${words} of a source lie at most three months before its delivery`,
        among: 'newest is not null and delivered is not null',
        broken: 'newest < delivered - 92',
      },
    ],
  );

const claimSource = `(
    select
      claim.source_name,
      claim.paid,
      exists (select 1 from input.pharmacy_claim as fill where fill.source_name = claim.source_name) as has_fills,
      exists (select 1 from input.eligibility as span where span.source_name = claim.source_name) as has_members
    from (
      select source_name, sum(paid_amount) as paid from input.medical_claim group by source_name
    ) as claim
  )`;

const member = `(
    select claim.person_id is not null as has_claim
    from (select distinct person_id from input.eligibility) as member
    left join (select distinct person_id from input.medical_claim) as claim on claim.person_id = member.person_id
    where exists (select 1 from input.medical_claim)
  )`;

/** One row per month of the last three years with the people that spans of coverage hold in it, and the month before. */
const membership = `(
    select month, people, lag(people) over (order by month) as people_before
    from (
      select month, count(distinct person_id) as people
      from (
        select person_id, unnest(generate_series(
          greatest(date_trunc('month', enrollment_start_date), newest - interval ${MONTHS} month),
          least(coalesce(enrollment_end_date, newest), newest),
          interval 1 month
        ))::date as month
        from input.eligibility
        cross join (
          select date_trunc('month', coalesce(
            (select max(claim_start_date) from input.medical_claim), max(file_date), max(enrollment_start_date)
          )) as newest
          from input.eligibility
        )
      )
      group by month
    )
  )`;

export const feed: readonly Check[] = [
  ...feeds.flatMap(months),
  ...newest('medical_claim', 2203, 'claim_start_date', 'services'),
  ...newest('pharmacy_claim', 2213, 'dispensing_date', 'fills'),
  ...onRows(membership, 'eligibility', 'source system', [
    {
      number: 2242,
      id: 'month-not-shrunk',
      title: 'No month has less than seven in ten of the members of the month before',
      among: 'people_before is not null',
      broken: 'people < 0.7 * people_before',
    },
  ]),
  ...newest('eligibility', 2241, "coalesce(enrollment_end_date, date '9999-12-31')", 'days of coverage'),
  ...onRows(claimSource, 'source', 'source system', [
    {
      number: 2251,
      id: 'brings-fills',
      title: 'A source of medical claims brings fills too: else medicines are missed',
      severity: 'info',
      broken: 'not has_fills',
    },
    {
      number: 2252,
      id: 'brings-members',
      title: 'A source of medical claims brings its members too: else its services have no denominator',
      broken: 'not has_members',
    },
    {
      number: 2253,
      id: 'pays-something',
      title: 'A source of medical claims pays something',
      broken: 'coalesce(paid, 0) <= 0',
    },
  ]),
  ...onRows(member, 'member', 'source system', [
    {
      number: 2254,
      id: 'has-claims',
      title: 'At most half of the members have no claim at all',
      threshold: 0.5,
      broken: 'not has_claim',
    },
  ]),
];
