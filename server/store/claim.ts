import type { z } from 'zod';
import { Claim } from '#contract/patient';
import type { Queries } from './query.ts';
import { sql } from './sql.ts';

const Header = Claim.omit({ diagnoses: true, lines: true });

/** The claims of every source that use this id: one, unless two sources happen to share it. */
export const findClaims = (queries: Queries, claimId: string): Promise<z.infer<typeof Header>[]> =>
  queries.rows(
    sql`select claim_id, source_name, min(person_id) as person_id, min(claim_type) as claim_type,
        min(start_date) as start_date, max(end_date) as end_date, coalesce(sum(paid_amount), 0) as paid_amount
      from core.medical_claim where claim_id = ${claimId} group by claim_id, source_name
      union all
      select claim_id, source_name, min(person_id), 'pharmacy', min(fill_date), max(fill_date), coalesce(sum(paid_amount), 0)
      from core.pharmacy_claim where claim_id = ${claimId} group by claim_id, source_name
      order by source_name`,
    Header,
  );

/** Every line of a claim, with the file and line that it was read from. */
export async function readClaim(queries: Queries, header: z.infer<typeof Header>): Promise<Claim> {
  const { claim_id, source_name, person_id } = header;
  const [diagnoses, lines] = await Promise.all([
    queries.rows(
      sql`select distinct rank::integer as rank, code from core.condition
        where claim_id = ${claim_id} and person_id = ${person_id} order by rank nulls last, code`,
      Claim.shape.diagnoses.element,
    ),
    queries.rows(
      sql`select line.*, source_file.path as file from (
          select claim_line_number, line_start_date, service_category, revenue_center_code, place_of_service_code,
            hcpcs_code, null::varchar as ndc_code, units, paid_amount, allowed_amount, charge_amount, rendering_npi,
            file_id, line_number
          from core.medical_claim where claim_id = ${claim_id} and source_name = ${source_name}
          union all
          select coalesce(claim_line_number, '1'), fill_date, 'pharmacy', null, null, null, ndc_code, quantity, paid_amount, allowed_amount, null, null,
            file_id, line_number
          from core.pharmacy_claim where claim_id = ${claim_id} and source_name = ${source_name}
        ) as line
        left join run.source_file as source_file on source_file.file_id = line.file_id
        order by try_cast(claim_line_number as integer), claim_line_number`,
      Claim.shape.lines.element,
    ),
  ]);
  return { ...header, diagnoses, lines };
}
