-- One row per ExplanationOfBenefit: its header. Blue Button's own codes decide over the general ones beside them. Its claim groups join unlike claims, so they tell no versions.
with eob as (
  select
    source_name,
    id,
    person,
    last_updated,
    status,
    outcome,
    amount,
    file_id,
    line_number,
    coalesce(use, 'claim') as use,
    extension,
    "careTeam",
    contained,
    list_concat(coalesce("supportingInfo", []), coalesce(information, [])) as facts,
    list_contains(list_transform(meta.tag, lambda one: one.code), 'NotFinalAction')
      or list_contains(list_transform(related, lambda one: one.relationship.coding[1].code), 'replacedby') as is_replaced,
    list_transform(
      list_filter(related, lambda one: one.relationship.coding[1].code = 'prior'),
      lambda one: fhir.id_in(one.claim.reference, 'ExplanationOfBenefit')
    ) as replaces,
    "billablePeriod".start as start,
    "billablePeriod"."end" as "end",
    hospitalization.start as admitted,
    hospitalization."end" as discharged,
    payment.date as paid,
    payment.amount.value is not null as has_payment,
    fhir.key_in(provider) as provider_key,
    fhir.key_in(organization) as organization_key,
    fhir.key_in(facility) as facility_key,
    fhir.npi_in(facility) as facility_npi,
    fhir.npi_of(fhir.contained_in(contained, provider)) as contained_npi,
    coalesce(
      fhir.npi_in(provider), fhir.npi_of(fhir.contained_in(contained, organization)), fhir.npi_in(organization)
    ) as provider_npi,
    fhir.tin_of(fhir.contained_in(contained, provider)) as contained_tin,
    coalesce(fhir.ccn_in(provider), fhir.ccn_of(fhir.contained_in(contained, provider))) as provider_ccn,
    list_filter(facility.extension, lambda one: fhir.tag(one.url) = 'clm_fac_type_cd')[1]."valueCoding".code as facility_type,
    list_filter("type".coding, lambda one: fhir.tag(one.system) = 'clm_srvc_clsfctn_type_cd')[1].code as service_class,
    list_filter(
      list_transform(diagnosis, lambda one: one."packageCode".coding[1].code), lambda code: code is not null
    )[1] as drg,
    regexp_extract(insurance::varchar, '"([HRSEXZ]\d{4})"', 1) as contract,
    list_filter("type".coding, lambda one: fhir.tag(one.system) in ('nch_clm_type_cd', 'clm-type-cd'))[1].code as cms_type,
    list_filter("type".coding, lambda one: fhir.tag(one.system) = 'eob-type')[1].code as eob_type,
    list_filter(
      "type".coding,
      lambda one: one.code in ('institutional', 'professional', 'pharmacy', 'oral', 'vision')
    )[1].code as general_type,
    list_filter(
      identifier,
      lambda one: fhir.tag(one.system) in ('clm_id', 'pde_id')
        or list_contains(list_transform(one.type.coding, lambda kind: kind.code), 'uc')
    )[1].value as unique_id,
    list_filter(identifier, lambda one: fhir.tag(one.system) = 'clm-cntl-num')[1].value as control_number,
    list_transform(
      procedure,
      lambda one: {
        place: try_cast(one.sequence as integer),
        code: fhir.code(one."procedureCodeableConcept".coding[1].code),
        system: fhir.system(one."procedureCodeableConcept".coding[1].system),
        day: fhir.day(one.date)
      }
    ) as procedures,
    -- The principal diagnosis first, the others as they stand; what the patient only came for is none.
    list_sort(
      list_filter(
        list_transform(
          list_transform(
            diagnosis,
            lambda one: {
              place: coalesce(try_cast(one.sequence as integer), 0)
                + case when list_contains(list_transform(one.type, lambda kind: kind.coding[1].code), 'principal') then 0 else 10000 end,
              coding: fhir.coding(one."diagnosisCodeableConcept".coding, 'icd-10-cm', 'icd-9-cm'),
              present: fhir.code(one."onAdmission".coding[1].code),
              kind: one.type[1].coding[1].code
            }
          ),
          lambda one: {
            place: one.place,
            code: fhir.code(one.coding.code),
            system: fhir.system(one.coding.system),
            present: one.present,
            kind: one.kind
          }
        ),
        lambda one: one.code is not null
          and (one.place < 10000 or coalesce(one.kind not in ('admitting', 'patientreasonforvisit'), true))
      )
    ) as diagnoses,
    fhir.code(
      list_filter(
        diagnosis, lambda one: list_contains(list_transform(one.type, lambda kind: kind.coding[1].code), 'admitting')
      )[1]."diagnosisCodeableConcept".coding[1].code
    ) as admitting_diagnosis_code
  from fhir.explanation_of_benefit
),
fact as (
  select
    file_id,
    line_number,
    fhir.tag(category.code) as tag,
    fhir.tag(coding.system) as system,
    coding.code as code,
    day,
    start_day,
    end_day,
    quantity
  from (
    select
      file_id,
      line_number,
      unnest(coalesce(nullif(fact.category.coding, []), [null])) as category,
      fact.code.coding[1] as coding,
      fact."timingDate" as day,
      fact."timingPeriod".start as start_day,
      fact."timingPeriod"."end" as end_day,
      fact."valueQuantity".value as quantity
    from (select file_id, line_number, unnest(facts) as fact from eob) as one
  ) as stated
),
told as (
  select
    file_id,
    line_number,
    max(code) filter (system = 'typeofbill') as nubc_bill_type,
    max(code) filter (system = 'clm_freq_cd') as frequency,
    max(code) filter (tag in ('clm_ip_admsn_type_cd', 'admtype')) as admit_type,
    max(code) filter (tag in ('clm_src_ip_admsn_cd', 'pointoforigin')) as admit_source,
    max(code) filter (tag in ('ptnt_dschrg_stus_cd', 'discharge-status')) as discharge_status,
    max(code) filter (tag in ('clm_drg_cd', 'drg')) as drg,
    max(code) filter (tag = 'adjstmt_dltn_cd') as drug_event_adjustment,
    max(code) filter (system = 'clm-adjstmt-type-cd') as adjustment_type,
    max(day) filter (tag in ('nch_wkly_proc_dt', 'clm_nch_wkly_proc_dt')) as processed_day,
    max(start_day) filter (tag = 'admissionperiod') as admission_day,
    max(end_day) filter (tag = 'admissionperiod') as discharge_day,
    max(quantity) filter (tag = 'dayssupply') as days_supply,
    max(quantity) filter (tag = 'refillsauthorized') as refills
  from fact
  group by file_id, line_number
),
-- What its extensions say; Blue Button writes one for each variable, named by the end of its address.
extended as (
  select
    file_id,
    line_number,
    max(code) filter (tag = 'clm_srvc_clsfctn_type_cd') as service_class,
    max(code) filter (tag in ('carr_clm_pmt_dnl_cd', 'clm-carr-pmt-dnl-cd')) as carrier_denial,
    max(code) filter (tag in ('clm_mdcr_non_pmt_rsn_cd', 'clm-mdcr-npmt-rsn-cd')) as non_payment_reason,
    max(code) filter (tag = 'carr_clm_entry_cd') as carrier_entry,
    max(code) filter (tag in ('carr_clm_cntl_num', 'fi_doc_clm_cntl_num')) as control_number
  from (
    select
      file_id,
      line_number,
      fhir.tag(extension.url) as tag,
      coalesce(extension."valueCoding".code, extension."valueIdentifier".value) as code
    from (select file_id, line_number, unnest(extension) as extension from eob) as one
  ) as variable
  group by file_id, line_number
),
member as (
  select
    eob.file_id,
    eob.line_number,
    team.sequence,
    fhir.tag(team.role.coding[1].code) as role,
    coalesce(
      fhir.npi_of(fhir.contained_in(eob.contained, team.provider)), fhir.npi_in(team.provider), provider.npi
    ) as npi,
    list_filter(team.qualification.coding, lambda one: fhir.tag(one.system) = 'prvdr_spclty')[1].code as specialty
  from (select file_id, line_number, source_name, contained, unnest("careTeam") as team from eob) as eob
  left join fhir.provider as provider
    on provider.source_name = eob.source_name and provider.key = fhir.key_in(team.provider)
),
team as (
  select
    file_id,
    line_number,
    list_sort(
      list({place: try_cast(sequence as integer), role: role, npi: npi, sequence: sequence, specialty: specialty})
    ) as team
  from member
  group by file_id, line_number
),
-- An ExplanationOfBenefit that a later one says it replaces.
replaced as (
  select distinct source_name, unnest(replaces) as id from eob
),
-- Versions of one claim carry its control number; a claim that is seen again on other days is another one.
keyed as (
  select
    file_id,
    line_number,
    source_name,
    person,
    start,
    last_updated,
    id,
    status = 'active' as is_active,
    coalesce(eob.control_number, extended.control_number, file_id || ' ' || line_number) as control_number,
    coalesce(
      told.drug_event_adjustment = 'D'
      or told.adjustment_type = '1'
      or extended.carrier_entry = '3'
      or coalesce(told.frequency, right(told.nubc_bill_type, 1)) = '8',
      false
    ) as is_cancellation
  from eob
  left join told using (file_id, line_number)
  left join extended using (file_id, line_number)
),
version as (
  select
    file_id,
    line_number,
    is_cancellation,
    is_active and row_number() over version > 1 as is_older,
    is_active and first_value(is_cancellation) over version as is_cancelled
  from keyed
  window version as (
    partition by source_name, person, control_number, start, is_active order by last_updated desc nulls last, id desc
  )
),
header as (
  select
    eob.source_name,
    eob.id,
    coalesce(eob.unique_id, eob.id) as claim_id,
    eob.person,
    eob.last_updated,
    eob.status,
    eob.use,
    eob.outcome,
    case
      when eob.eob_type = 'PDE' or eob.general_type = 'pharmacy' or eob.cms_type in ('1', '2', '4') then 'pharmacy'
      when eob.cms_type in ('10', '20', '30', '40', '50', '60', '61', '62', '63', '64') then 'institutional'
      when eob.cms_type in ('71', '72', '81', '82') then 'professional'
      when eob.eob_type in ('INPATIENT', 'OUTPATIENT', 'SNF', 'HHA', 'HOSPICE') then 'institutional'
      when eob.eob_type in ('CARRIER', 'DME') then 'professional'
      else eob.general_type
    end as claim_type,
    eob.cms_type is not null or eob.eob_type is not null as is_medicare,
    eob.is_replaced or replaced.id is not null as is_superseded,
    version.is_cancellation,
    version.is_older,
    version.is_cancelled,
    extended.non_payment_reason is not null as is_unpaid,
    coalesce(extended.carrier_denial = '0', false) as is_denied_by_carrier,
    fhir.day(eob.start) as start_date,
    fhir.day(eob."end") as end_date,
    fhir.day(coalesce(eob.admitted, told.admission_day)) as admission_date,
    fhir.day(coalesce(eob.discharged, told.discharge_day)) as discharge_date,
    fhir.code(told.admit_source) as admit_source_code,
    fhir.code(told.admit_type) as admit_type_code,
    lpad(fhir.code(told.discharge_status), 2, '0') as discharge_disposition_code,
    coalesce(
      fhir.code(ltrim(told.nubc_bill_type, '0')),
      eob.facility_type || coalesce(extended.service_class, eob.service_class) || coalesce(told.frequency, '')
    ) as bill_type_code,
    lpad(fhir.code(coalesce(told.drg, eob.drg)), 3, '0') as drg_code,
    coalesce(eob.contained_npi, eob.provider_npi, biller.npi, organization.npi) as billing_npi,
    coalesce(eob.contained_tin, biller.tin, organization.tin) as billing_tin,
    coalesce(eob.facility_npi, place.npi) as facility_npi,
    coalesce(eob.provider_ccn, biller.ccn, organization.ccn, place.ccn) as facility_ccn,
    coalesce(fhir.day(eob.paid), fhir.day(told.processed_day)) as paid_date,
    eob.has_payment,
    eob.amount,
    try_cast(fhir.quantity(told.days_supply) as integer) as days_supply,
    try_cast(fhir.quantity(told.refills) as integer) as refills,
    eob.contract,
    team.team,
    -- Each code once, in its first place.
    list_filter(
      eob.diagnoses,
      lambda one, place: list_position(list_transform(eob.diagnoses, lambda other: other.code), one.code) = place
    ) as diagnoses,
    eob.admitting_diagnosis_code,
    eob.procedures,
    eob.file_id,
    eob.line_number
  from eob
  join version using (file_id, line_number)
  left join told using (file_id, line_number)
  left join extended using (file_id, line_number)
  left join team using (file_id, line_number)
  left join replaced on replaced.source_name = eob.source_name and replaced.id = eob.id
  left join fhir.provider as biller
    on biller.source_name = eob.source_name and biller.key = eob.provider_key
  left join fhir.provider as organization
    on organization.source_name = eob.source_name and organization.key = eob.organization_key
  left join fhir.provider as place
    on place.source_name = eob.source_name and place.key = eob.facility_key
)
select
  * exclude (is_older, is_cancelled),
  case
    when person is null then 'names no patient'
    when status = 'cancelled' then 'cancelled'
    when status = 'entered-in-error' then 'entered in error'
    when coalesce(status, 'active') <> 'active' then 'a draft'
    when use <> 'claim' then 'asks before the service and is no claim'
    when coalesce(outcome, 'complete') in ('queued', 'error') then 'not adjudicated'
    when is_cancellation then 'cancels an earlier version of the claim'
    when is_cancelled then 'cancelled by a later version of the claim'
    when is_superseded or is_older then 'replaced by a later version of the claim'
    when claim_type is null or claim_type not in ('institutional', 'professional', 'pharmacy')
      then 'neither a medical nor a pharmacy claim'
    when start_date is null then 'its period has no first day that can be read'
  end as left_out
from header
