-- One row per item of an ExplanationOfBenefit, and one for each without items: what it says itself.
with item as (
  select
    file_id,
    line_number,
    place,
    item.adjudication as adjudications,
    coalesce(item.sequence, place::varchar) as claim_line_number,
    list_concat(coalesce(item."careTeamSequence", []), coalesce(item."careTeamLinkId", [])) as members,
    lpad(
      fhir.code(
        coalesce(
          list_filter(item.revenue.coding, lambda one: fhir.tag(one.system) in ('rev_cntr', 'clm-rev-cntr-cd'))[1].code,
          item.revenue.coding[1].code
        )
      ), 4, '0'
    ) as revenue_center_code,
    list_filter(item.extension, lambda one: fhir.tag(one.url) = 'line_prcsg_ind_cd')[1]."valueCoding".code as processing,
    fhir.day(coalesce(item."servicedPeriod".start, item."servicedDate")) as line_start_date,
    fhir.day(coalesce(item."servicedPeriod"."end", item."servicedDate")) as line_end_date,
    fhir.code(
      list_filter(
        coalesce(item."productOrService", item.service).coding, lambda one: fhir.system(one.system) = 'hcpcs'
      )[1].code
    ) as hcpcs_code,
    fhir.ndc(
      coalesce(
        list_filter(
          coalesce(item."productOrService", item.service).coding, lambda one: fhir.system(one.system) = 'ndc'
        )[1].code,
        list_filter(item.detail[1]."productOrService".coding, lambda one: fhir.system(one.system) = 'ndc')[1].code
      )
    ) as ndc_code,
    list_transform(
      flatten(list_transform(item.modifier, lambda one: one.coding)), lambda one: fhir.code(one.code)
    ) as modifiers,
    fhir.code(item."locationCodeableConcept".coding[1].code) as place_of_service_code,
    fhir.quantity(item.quantity.value) as quantity,
    try_cast(
      fhir.quantity(
        list_filter(item.quantity.extension, lambda one: fhir.tag(one.url) = 'days_suply_num')[1]."valueQuantity".value
      ) as integer
    ) as line_days_supply,
    list_filter(item.extension, lambda one: fhir.tag(one.url) = 'tax_num')[1]."valueCoding".code as rendering_tin
  from (
    select file_id, line_number, unnest(items) as item, generate_subscripts(items, 1) as place
    from (
      select file_id, line_number, coalesce(nullif(item, []), [null]) as items
      from fhir.explanation_of_benefit_item
    ) as eob
  ) as one
),
adjudication as (
  select
    file_id,
    line_number,
    place,
    fhir.tag(coding.code) as tag,
    has_variable,
    written,
    fhir.money(written) as amount,
    reason
  from (
    select
      file_id,
      line_number,
      place,
      unnest(adjudication.category.coding) as coding,
      len(list_filter(adjudication.category.coding, lambda one: one.system like '%bluebutton%')) > 0 as has_variable,
      adjudication.amount.value as written,
      adjudication.reason.coding[1].code as reason
    from (select file_id, line_number, place, unnest(adjudications) as adjudication from item) as one
  ) as stated
),
-- Blue Button's variables decide; the general categories count only where no variable stands beside them.
money as (
  select
    file_id,
    line_number,
    place,
    coalesce(
      max(amount) filter (tag = 'line_nch_pmt_amt'),
      max(amount) filter (tag = 'rev_cntr_pmt_amt_amt'),
      max(amount) filter (tag = 'clm_line_cvrd_pd_amt'),
      max(amount) filter (tag = 'cvrd_d_plan_pd_amt'),
      max(amount) filter (tag = 'benefit' and not has_variable),
      sum(amount) filter (tag in ('paidtoprovider', 'paidtopatient') and not has_variable)
    ) as paid,
    coalesce(
      max(amount) filter (tag in ('line_alowd_chrg_amt', 'clm_line_alowd_chrg_amt')),
      max(amount) filter (tag = 'eligible' and not has_variable)
    ) as allowed,
    coalesce(
      max(amount) filter (tag in ('line_sbmtd_chrg_amt', 'rev_cntr_tot_chrg_amt', 'clm_line_sbmt_chrg_amt')),
      max(amount) filter (tag = 'submitted' and not has_variable)
    ) as charged,
    coalesce(
      max(amount) filter (tag in ('line_coinsrnc_amt', 'clm_line_mdcr_coinsrnc_amt')),
      nullif(max(amount) filter (tag = 'rev_cntr_coinsrnc_wge_adjstd_c'), 0),
      max(amount) filter (tag = 'rev_cntr_rdcd_coinsrnc_amt'),
      max(amount) filter (tag = 'coinsurance' and not has_variable)
    ) as coinsurance,
    max(amount) filter (tag = 'copay' and not has_variable) as copayment,
    coalesce(
      max(amount) filter (tag in ('line_bene_ptb_ddctbl_amt', 'rev_cntr_cash_ddctbl_amt', 'clm_line_mdcr_ddctbl_amt')),
      max(amount) filter (tag = 'deductible' and not has_variable)
    ) as deductible,
    max(amount) filter (tag in ('tot_rx_cst_amt', 'drugcost')) as drug_cost,
    coalesce(
      max(amount) filter (tag in ('ptnt_pay_amt', 'clm_line_bene_pmt_amt')),
      max(amount) filter (tag = 'paidbypatient' and not has_variable)
    ) as paid_by_patient,
    max(reason) filter (tag = 'line_prcsg_ind_cd') as processing,
    bool_or(written is not null and amount is null) as is_unreadable
  from adjudication
  group by file_id, line_number, place
)
select
  item.* exclude (adjudications, processing),
  money.* exclude (file_id, line_number, place, processing),
  coalesce(money.processing, item.processing) as processing
from item
left join money using (file_id, line_number, place)
