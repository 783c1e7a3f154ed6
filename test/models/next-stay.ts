import type { DuckDBConnection } from '@duckdb/node-api';
import { count } from '../../pipelines/engine/sql.ts';

/** Position in a person's stays: admitted first, then left first. */
const STAY = `(
  select *, admit_date::varchar || left_date::varchar || stay_id as position,
    coalesce(left(admit_diagnosis_code, 1) = 'F' or left(admit_diagnosis_code, 2) in ('29', '30', '31'), false)
      as is_psychiatric_return
  from mart.inpatient_stay where is_short_term_acute
)`;

/** The next stay that counts, by the window of the model and by a self-join: [stay, next stay]. */
const WINDOW = 'select stay_id, next_stay_id from mart.readmission';
const SELF_JOIN = `
  select stay.stay_id, arg_min(next.stay_id, next.position)
  from ${STAY} as stay
  left join ${STAY} as next
    on next.person_id = stay.person_id and next.position > stay.position and not next.is_admitted_for_rehabilitation
    and not coalesce(stay.discharge_disposition_code = '65' and next.is_psychiatric_return
      and next.admit_date - stay.discharge_date <= 1, false)
  group by stay.stay_id`;

/** The same by the nearest later position, for stays that did not end with status 65: theirs depends on more than order. */
const NOT_SENT = "discharge_disposition_code is distinct from '65'";
const WINDOW_NOT_SENT = `${WINDOW} where ${NOT_SENT}`;
const ASOF = `
  select stay.stay_id, next.stay_id
  from (select * from ${STAY} where ${NOT_SENT}) as stay
  asof left join (select * from ${STAY} where not is_admitted_for_rehabilitation) as next
    on next.person_id = stay.person_id and next.position > stay.position`;

/** How many stays there are, how many have a next one, and how many rows the other forms tell differently. */
export interface NextStays {
  readonly stays: number;
  readonly followed: number;
  readonly bySelfJoin: number;
  readonly differentBySelfJoin: number;
  readonly byAsOfJoin: number;
  readonly differentByAsOfJoin: number;
}

/** Finds the next stay of every stay by a window, a self-join and an ASOF join over mart tables. */
export async function nextStays(connection: DuckDBConnection): Promise<NextStays> {
  const rowsOf = (query: string) => count(connection, `select count(*) from (${query})`);
  /** Rows in one of two queries and not in the other, copies counted. */
  const apart = (a: string, b: string) => rowsOf(`((${a}) except all (${b})) union all ((${b}) except all (${a}))`);
  return {
    stays: await rowsOf(WINDOW),
    followed: await rowsOf(`${WINDOW} where next_stay_id is not null`),
    bySelfJoin: await rowsOf(SELF_JOIN),
    differentBySelfJoin: await apart(WINDOW, SELF_JOIN),
    byAsOfJoin: await rowsOf(ASOF),
    differentByAsOfJoin: await apart(WINDOW_NOT_SENT, ASOF),
  };
}
