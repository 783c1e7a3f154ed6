import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { MBI, matches, TIN } from './shapes.ts';

const flag = (month: number): string => `enrollment_flag_${month}`;
const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);
const FLAGS = `[${MONTHS.map(flag).join(', ')}]`;
/** A month of the twelve in which a flag is one of these and `what` holds, of the first day of the next month. */
const inSomeMonth = (flags: string, what: (next: string) => string): string =>
  MONTHS.map((month) => `(${flag(month)} in ${flags} and ${what(`window_start_date + interval ${month} month`)})`).join(
    '\n      or ',
  );

/** Whether two rows are of one delivered list. */
const sameList = (one: string, other: string): string =>
  ['aco_id', 'performance_year', 'report_period', 'stamp']
    .map((column) => `${one}.${column} is not distinct from ${other}.${column}`)
    .join(' and ');

const people = onRows('input.assignment', 'assignment', 'enrollment', [
  {
    number: 1801,
    id: 'mbi-whole',
    title: 'Everybody on an assignment list is listed by a whole Medicare beneficiary identifier',
    broken: `not ${matches('upper(person_id)', MBI)}`,
  },
  {
    number: 1802,
    id: 'months-told',
    title: 'An assignment list says of each of its twelve months whether the person is eligible',
    broken: `len(list_filter(${FLAGS}, lambda flag: flag is not null)) < 12`,
  },
  {
    number: 1803,
    id: 'months-valid',
    title: 'Eligibility on an assignment list is written 0 to 4 (CMS)',
    among: `coalesce(${MONTHS.map(flag).join(', ')}) is not null`,
    broken: `not list_has_all([0, 1, 2, 3, 4], list_filter(${FLAGS}, lambda flag: flag is not null))`,
  },
  {
    number: 1804,
    id: 'eligible-in-some-month',
    title: 'Who is on an assignment list is eligible in one of its months at least',
    severity: 'info',
    among: 'not coalesce(is_excluded, false)',
    broken: `not list_has_any(${FLAGS}, [1, 2, 3, 4])`,
  },
  {
    number: 1805,
    id: 'not-eligible-after-death',
    title: 'No month of an assignment list that begins after a death counts as eligible',
    among: 'death_date is not null',
    broken: inSomeMonth('(1, 2, 3, 4)', (next) => `${next} - interval 1 month > death_date`),
  },
  {
    number: 1806,
    id: 'aged-is-65',
    title: 'Who is listed as aged has turned 65: else the date of birth or the reason for entitlement is wrong',
    threshold: 0.01,
    among: `birth_date is not null and list_has_any(${FLAGS}, [3, 4])`,
    broken: inSomeMonth('(3, 4)', (next) => `birth_date + interval 65 year > ${next}`),
  },
  {
    number: 1807,
    id: 'birth-date-known',
    title: 'An assignment list tells the date of birth',
    broken: 'birth_date is null',
  },
  {
    number: 1808,
    id: 'dated',
    title: 'The name of an assignment list says whose it is and when it was made: else its rank among lists is a guess',
    broken: 'aco_id is null or stamp is null',
  },
  {
    number: 1809,
    id: 'named-practitioner-told',
    title: 'Who named a practitioner is listed with the practitioner and the tax number',
    owner: 'provider network',
    among: 'is_voluntary',
    broken: 'voluntary_npi is null or voluntary_tin is null',
  },
]);

const served = onRows(
  `(
    select assignment.is_voluntary, provider.person_id is not null as is_served
    from input.assignment as assignment
    semi join input.assignment_provider as named on ${sameList('named', 'assignment')}
    left join (
      select distinct person_id, aco_id, performance_year, report_period, stamp from input.assignment_provider
    ) as provider on provider.person_id = assignment.person_id and ${sameList('provider', 'assignment')}
  )`,
  'assignment',
  'provider network',
  [
    {
      number: 1811,
      id: 'has-provider',
      title: 'Who is assigned by claims is listed with who gave the primary care: else nobody is responsible',
      threshold: 0.01,
      among: 'not coalesce(is_voluntary, false)',
      broken: 'not is_served',
    },
  ],
);

const lists = onRows(
  `(
    select people, lag(people) over (partition by aco_id order by window_start_date, performance_year, stamp) as people_before
    from (
      select
        aco_id, performance_year, report_period, stamp, window_start_date,
        count_if(list_has_any(${FLAGS}, [1, 2, 3, 4]) and not coalesce(is_excluded, false)) as people
      from input.assignment group by all
    )
  )`,
  'assignment',
  'enrollment',
  [
    {
      number: 1812,
      id: 'list-not-shrunk',
      title: 'No assignment list has less than seven in ten of the people of the list before it',
      among: 'people_before > 0',
      broken: 'people < 0.7 * people_before',
    },
  ],
);

const organizations = onRows(
  '(select count(distinct aco_id) as organizations from input.assignment having count(aco_id) > 0)',
  'assignment',
  'enrollment',
  [
    {
      number: 1813,
      id: 'of-one-organization',
      title: 'All assignment lists are of one organization: people of another would count as ours',
      broken: 'organizations > 1',
    },
  ],
);

const providers = onRows('input.assignment_provider', 'assignment-provider', 'provider network', [
  {
    number: 1821,
    id: 'tin-whole',
    title: 'The tax number of a participant on an assignment list has nine digits',
    broken: `not ${matches('tin', TIN)}`,
  },
  {
    number: 1822,
    id: 'services-positive',
    title: 'A provider on an assignment list gave at least one primary care service',
    broken: 'services is null or services <= 0',
  },
]);

const listed = onRows(
  `(
    select person.person_id is not null as is_listed
    from input.assignment_provider as provider
    semi join input.assignment as told on ${sameList('told', 'provider')}
    left join (
      select distinct person_id, aco_id, performance_year, report_period, stamp from input.assignment
    ) as person on person.person_id = provider.person_id and ${sameList('person', 'provider')}
  )`,
  'assignment-provider',
  'enrollment',
  [
    {
      number: 1824,
      id: 'person-on-list',
      title: 'Whom a provider of an assignment list served is on that list',
      broken: 'not is_listed',
    },
  ],
);

const participants = onRows(
  `(
    select tin in (select tin from input.practice where tin is not null) as is_known
    from (select distinct tin from input.assignment_provider)
    where exists (select 1 from input.practice where tin is not null)
  )`,
  'assignment-provider',
  'provider network',
  [
    {
      number: 1825,
      id: 'participant-on-roster',
      title: 'The participants of an assignment list are practices of the provider roster: others have no name',
      broken: 'not is_known',
    },
  ],
);

/** The assignment list: its people, its lists one after the other, and who gave the care. */
export const assignment = [
  ...people,
  ...npis('assignment', 'voluntary_npi', 1810, 'Identifiers of practitioners whom people named'),
  ...served,
  ...lists,
  ...organizations,
  ...providers,
  ...npis('assignment_provider', 'npi', 1823, 'Identifiers of practitioners on an assignment list'),
  ...listed,
  ...participants,
];
