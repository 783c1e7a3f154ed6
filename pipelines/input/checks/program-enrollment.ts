import { onRows } from '../../engine/check.ts';

const spans = onRows('input.program_enrollment', 'program-enrollment', 'enrollment', [
  {
    number: 1861,
    id: 'starts-before-it-ends',
    title: 'A span in a program starts before it ends',
    among: 'end_date is not null',
    broken: 'start_date > end_date',
  },
  {
    number: 1862,
    id: 'end-has-reason',
    title: 'A span in a program that ended, or was declined, says why',
    severity: 'info',
    among: "end_date is not null or status = 'declined'",
    broken: 'reason is null',
  },
  {
    number: 1863,
    id: 'declined-has-no-end',
    title: 'Nobody declined a program and was in it',
    among: "status = 'declined'",
    broken: 'end_date > start_date',
  },
]);

const overlaps = onRows(
  `(
    select
      start_date,
      max(coalesce(end_date, date '9999-12-31')) over (
        partition by person_id, lower(program) order by start_date, end_date
        rows between unbounded preceding and 1 preceding
      ) as ended_before
    from input.program_enrollment where status is distinct from 'declined'
  )`,
  'program-enrollment',
  'enrollment',
  [
    {
      number: 1864,
      id: 'spans-do-not-overlap',
      title: 'Nobody is in one program twice at a time',
      broken: 'start_date < ended_before',
    },
  ],
);

const names = onRows(
  `(
    select count(distinct program) as spellings
    from input.program_enrollment group by regexp_replace(lower(program), '[^a-z0-9]', '', 'g')
  )`,
  'program-enrollment',
  'enrollment',
  [
    {
      number: 1865,
      id: 'program-spelt-one-way',
      title: 'A program is spelt in one way: else it counts as two',
      broken: 'spellings > 1',
    },
  ],
);

const living = onRows(
  `(
    select enrollment.end_date, person.death_date
    from input.program_enrollment as enrollment
    join (
      select person_id, max(death_date) as death_date from (
        select person_id, death_date from input.eligibility
        union all select member_id, death_date from input.eligibility
        union all select person_id, death_date from input.patient
        union all select person_id, death_date from input.assignment
      ) group by person_id
    ) as person on person.person_id = enrollment.person_id
    where enrollment.status is distinct from 'declined'
  )`,
  'program-enrollment',
  'enrollment',
  [
    {
      number: 1866,
      id: 'ends-with-death',
      title: 'Nobody stays on the list of a program for more than a month after death',
      among: 'death_date is not null',
      broken: "coalesce(end_date, date '9999-12-31') > death_date + 31",
    },
  ],
);

export const programEnrollment = [...spans, ...overlaps, ...names, ...living];
