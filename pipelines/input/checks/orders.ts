import { type Check, onRows } from '../../engine/check.ts';

interface Statement {
  readonly table: string;
  /** Number of the first of its checks. */
  readonly number: number;
  /** One of them, in words. */
  readonly one: string;
  /** When it was made, as SQL. */
  readonly day: string;
}

const statements: readonly Statement[] = [
  { table: 'service_request', number: 1921, one: 'An order', day: 'ordered_date' },
  { table: 'task', number: 1931, one: 'A task', day: 'coalesce(start_date, authored_date)' },
  { table: 'communication', number: 1941, one: 'A message', day: 'coalesce(sent_datetime, received_datetime)' },
];

/** Orders, tasks and messages: what was meant, when, and, where it was decided against, why. */
export const orders: readonly Check[] = statements.flatMap(({ table, number, one, day }) =>
  onRows(`input.${table}`, table.replaceAll('_', '-'), 'clinical informatics', [
    { number, id: 'coded', title: `${one} says by a code what it is about`, broken: 'source_code is null' },
    {
      number: number + 1,
      id: 'dated',
      title: `${one} has a date: without it no year counts it`,
      broken: `${day} is null`,
    },
    {
      number: number + 2,
      id: 'refusal-has-reason',
      title: `${one} that was not carried out says why: only a known reason is an exception of a measure`,
      among: "status = 'not done'",
      broken: 'not_done_reason_code is null',
    },
  ]),
);
