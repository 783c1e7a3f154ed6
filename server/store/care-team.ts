import { Patient } from '#contract/patient';
import type { Queries } from './query.ts';
import { type Sql, sql } from './sql.ts';

const YEAR_BEGINS = sql`(select date_trunc('month', data_through) - interval 11 month from catalogue.snapshot)`;

/** Lines and fills of a person up to data-through, with who rendered or prescribed: npi, day, claim, paid. */
const services = (personId: string): Sql => sql`(
    select line_start_date as day, rendering_npi as npi, claim_id, source_name, paid_amount, false as is_fill
    from core.medical_claim where person_id = ${personId}
    union all
    select fill_date, prescribing_npi, claim_id, source_name, paid_amount, true
    from core.pharmacy_claim where person_id = ${personId}
  )`;

/** Everybody whom the claims of twelve months name, who saw the person on the most days first. */
export const readTeam = (queries: Queries, personId: string): Promise<Patient['team']> =>
  queries.rows(
    sql`with service as (
        select * from ${services(personId)}
        where npi is not null and day between ${YEAR_BEGINS} and (select data_through from catalogue.snapshot)
      ),
      practitioner as (
        select npi, max(name) as name, max(specialty) as specialty from core.practitioner group by npi
      )
      select service.npi, any_value(practitioner.name) as name, any_value(practitioner.specialty) as specialty,
        count(distinct day) filter (where not is_fill) as days, count(*) filter (where is_fill) as fills,
        max(day) as last_date, arg_max(claim_id, (day, claim_id)) as claim_id, arg_max(source_name, (day, claim_id)) as source_name,
        coalesce(service.npi = (select arg_max(npi, month) from mart.attribution where person_id = ${personId}), false) as is_responsible
      from service
      left join practitioner on practitioner.npi = service.npi
      group by service.npi
      order by days desc, fills desc, service.npi`,
    Patient.shape.team.element,
  );

/** What was paid for the person, by the month of the service. */
export const readCosts = (queries: Queries, personId: string): Promise<Patient['costs']> =>
  queries.rows(
    sql`select date_trunc('month', day)::date as month, sum(paid_amount)::double as paid_amount
      from ${services(personId)}
      where day <= (select data_through from catalogue.snapshot)
      group by 1
      order by 1`,
    Patient.shape.costs.element,
  );
