-- One row per version of an institutional claim: why it is not final, else what its lines share. The payments of lines count only where they add up to that of the claim.
with header as (
  select
    header.*,
    coalesce(current_mbi.current_mbi, header.mbi) as person_id,
    case
      when netted.reason is not null then netted.reason
      when header.nonpayment_reason_code is not null then 'denied by Medicare'
      when header.adjustment_type not in (0, 2) then 'neither original nor adjustment nor cancellation'
    end as left_out
  from cclf.part_a_header as header
  left join cclf.current_mbi on current_mbi.mbi = header.mbi
  left join cclf.netted
    on netted.part = 'part A'
    and netted.claim_id = header.claim_id
    and netted.adjustment_type = header.adjustment_type
),
line as (
  select claim_id, sum(paid_amount) as paid_amount, min({file_id: file_id, line_number: line_number}) as first_line
  from cclf.part_a_line
  group by claim_id
),
diagnosis as (
  select
    claim_id,
    list_transform(
      list_sort(
        list({
          is_external: product_type = 'E',
          sequence: sequence,
          product_type: product_type,
          code: diagnosis_code,
          poa: present_on_admission
        })
      ),
      lambda d: {code: d.code, poa: d.poa}
    ) as diagnoses
  from cclf.part_a_diagnosis
  where diagnosis_code is not null
  group by claim_id
),
procedure as (
  select claim_id, list({code: procedure_code, date: performed_date} order by sequence) as procedures
  from cclf.part_a_procedure
  where procedure_code is not null
  group by claim_id
)
select
  header.claim_id,
  header.adjustment_type,
  header.person_id,
  header.mbi,
  header.from_date,
  header.thru_date,
  case
    when header.claim_type_code in ('20', '30', '50', '60', '61') then coalesce(
      extra.admission_date,
      case
        when header.claim_type_code <> '50' and coalesce(header.frequency_code, '') not in ('3', '4') then header.from_date
      end
    )
  end as admission_date,
  case
    when header.claim_type_code in ('20', '30', '50', '60', '61') and header.patient_status_code is distinct from '30'
      then header.thru_date
  end as discharge_date,
  header.admission_source_code,
  header.admission_type_code,
  header.patient_status_code,
  header.facility_type_code || header.classification_code || coalesce(header.frequency_code, '') as bill_type_code,
  nullif(right(header.drg_code, 3), '000') as drg_code,
  header.attending_npi,
  header.billing_npi,
  header.facility_npi,
  coalesce(header.ccn, header.billing_ccn) as ccn,
  header.paid_amount,
  header.charge_amount,
  header.admitting_diagnosis_code,
  case when header.icd_indicator = '9' then 'icd-9-cm' else 'icd-10-cm' end as diagnosis_code_type,
  case
    when header.principal_diagnosis_code is null then coalesce(diagnosis.diagnoses, [])
    else list_concat(
      [{
        code: header.principal_diagnosis_code,
        poa: list_filter(diagnosis.diagnoses, lambda d: d.code = header.principal_diagnosis_code)[1].poa
      }],
      list_filter(diagnosis.diagnoses, lambda d: d.code <> header.principal_diagnosis_code)
    )
  end as diagnoses,
  case when header.icd_indicator = '9' then 'icd-9-pcs' else 'icd-10-pcs' end as procedure_code_type,
  procedure.procedures,
  header.file_date::date as file_date,
  header.file_id,
  header.line_number,
  header.left_out,
  coalesce(line.paid_amount = header.paid_amount, false) as lines_add_up,
  line.first_line,
  line.claim_id is not null as has_lines,
  row_number() over (
    partition by header.claim_id order by header.left_out nulls first, header.adjustment_type desc
  ) = 1 as owns_lines
from header
left join line on line.claim_id = header.claim_id
left join diagnosis on diagnosis.claim_id = header.claim_id
left join procedure on procedure.claim_id = header.claim_id
left join cclf.part_a_extra as extra on extra.claim_id = header.claim_id
