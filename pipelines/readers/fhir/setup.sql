-- What the mappings have in common: how FHIR writes days, amounts, codes and references, and whom a resource is about.

-- The day as it is written, in its own time zone; a month or a year stands for its first day.
create macro fhir.day(written) as
  nullif(
    case
      when try_cast(left(written || case length(written) when 4 then '-01-01' when 7 then '-01' else '' end, 10) as date)
        between date '1880-01-01' and date '2100-12-31'
        then try_cast(left(written || case length(written) when 4 then '-01-01' when 7 then '-01' else '' end, 10) as date)
    end,
    date '1900-01-01'
  );

-- The moment on the clock of its own time zone.
create macro fhir.moment(written) as
  case when length(written) > 10 then try_cast(left(written, 19) as timestamp) else fhir.day(written)::timestamp end;

-- Null for what is no plain amount with at most two decimals.
create macro fhir.money(written) as
  case when regexp_full_match(written, '-?\d{1,13}(\.\d{1,2}0*)?') then try_cast(written as decimal(18,2)) end;

create macro fhir.quantity(written) as
  case when regexp_full_match(written, '-?\d{1,12}(\.\d+)?') then try_cast(written as decimal(18,3)) end;

-- The last part of a code that is written as an address, in lower case.
create macro fhir.tag(code) as lower(string_split(code, '/')[-1]);

create macro fhir.code(written) as nullif(upper(replace(trim(written), '.', '')), '');

-- A drug code of eleven digits, however its three parts were written.
create macro fhir.ndc(written) as
  case
    when contains(written, '-')
      then lpad(split_part(written, '-', 1), 5, '0') || lpad(split_part(written, '-', 2), 4, '0')
        || lpad(split_part(written, '-', 3), 2, '0')
    else fhir.code(written)
  end;

-- A code system by its short name.
create macro fhir.system(uri) as
  case
    when uri is null then null
    when uri = 'http://snomed.info/sct' or uri = 'urn:oid:2.16.840.1.113883.6.96' then 'snomed'
    when uri = 'http://loinc.org' or uri = 'urn:oid:2.16.840.1.113883.6.1' then 'loinc'
    when uri in ('http://hl7.org/fhir/sid/icd-10-cm', 'http://hl7.org/fhir/sid/icd-10', 'urn:oid:2.16.840.1.113883.6.90')
      then 'icd-10-cm'
    when uri in ('http://hl7.org/fhir/sid/icd-9-cm', 'http://hl7.org/fhir/sid/icd-9', 'urn:oid:2.16.840.1.113883.6.103')
      then 'icd-9-cm'
    when uri in ('http://www.cms.gov/Medicare/Coding/ICD10', 'https://www.cms.gov/Medicare/Coding/ICD10',
        'http://hl7.org/fhir/sid/icd-10-pcs', 'urn:oid:2.16.840.1.113883.6.4')
      then 'icd-10-pcs'
    when uri in ('http://www.cms.gov/Medicare/Coding/ICD9', 'https://www.cms.gov/Medicare/Coding/ICD9',
        'http://hl7.org/fhir/sid/icd-9-procedure', 'urn:oid:2.16.840.1.113883.6.104')
      then 'icd-9-pcs'
    when uri in ('http://www.ama-assn.org/go/cpt', 'https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
        'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'http://www.nlm.nih.gov/research/umls/hcpcs',
        'https://bluebutton.cms.gov/resources/codesystem/hcpcs', 'https://bluebutton.cms.gov/resources/variables/hcpcs_cd',
        'urn:oid:2.16.840.1.113883.6.12', 'urn:oid:2.16.840.1.113883.6.285')
      then 'hcpcs'
    when uri in ('http://www.nlm.nih.gov/research/umls/rxnorm', 'urn:oid:2.16.840.1.113883.6.88') then 'rxnorm'
    when uri in ('http://hl7.org/fhir/sid/ndc', 'urn:oid:2.16.840.1.113883.6.69') then 'ndc'
    when uri in ('http://hl7.org/fhir/sid/cvx', 'urn:oid:2.16.840.1.113883.12.292') then 'cvx'
    when uri = 'http://www.whocc.no/atc' then 'atc'
    else lower(uri)
  end;

-- Of several codings the one in the system that is wanted, else in the next, else the first that has a code.
create macro fhir.coding(codings, wanted, next := null) as
  coalesce(
    list_filter(codings, lambda one: one.code is not null and fhir.system(one.system) = wanted)[1],
    list_filter(codings, lambda one: one.code is not null and fhir.system(one.system) = next)[1],
    list_filter(codings, lambda one: one.code is not null)[1]
  );

create macro fhir.words(concept) as coalesce(concept.text, list_filter(concept.coding, lambda one: one.display is not null)[1].display);

-- The first code of several concepts that is one of those wanted.
create macro fhir.first_tag(concepts) as fhir.tag(flatten(list_transform(concepts, lambda one: one.coding))[1].code);

-- The id that a reference ends in, of whatever form: relative, absolute, with a version, a URN, or the bare id. Null where
-- it is to a resource of another type, to one within the resource, or a search.
create macro fhir.id_in(written, wanted) as
  case
    when written like 'urn:%' then regexp_extract(written, '([^:]+)$', 1)
    when written like '#%' or contains(written, '?') then null
    when contains(written, '/') then
      case
        when regexp_extract(written, '([^/]+)/[^/]+(?:/_history/[^/]*)?$', 1) = wanted
          then regexp_extract(written, '([^/]+)(?:/_history/[^/]*)?$', 1)
      end
    else nullif(written, '')
  end;

-- What identifies the target of a reference that does not name its id: system and value.
create macro fhir.identifier_in(reference) as
  coalesce(
    case
      when contains((reference).reference, '?')
        then nullif(url_decode(regexp_extract((reference).reference, '[?&]identifier=([^&]*)', 1)), '')
    end,
    case
      when fhir.id_in((reference).reference, regexp_extract((reference).reference, '([^/]+)/[^/]+(?:/_history/[^/]*)?$', 1)) is null
        then (reference).identifier.system || '|' || (reference).identifier.value
    end
  );

create macro fhir.npi_in(reference) as
  case
    when ((reference).identifier.system is null or (reference).identifier.system in (
        'http://hl7.org/fhir/sid/us-npi', 'https://bluebutton.cms.gov/resources/variables/carr_clm_blg_npi_num'
      )) and regexp_full_match((reference).identifier.value, '\d{10}')
      then (reference).identifier.value
    when (reference).reference like '%us-npi|%' then regexp_extract((reference).reference, 'us-npi\|(\d+)', 1)
  end;

-- The identifiers of the resource within a resource that a reference is to.
create macro fhir.contained_in(contained, reference) as
  list_filter(contained, lambda one: '#' || one.id = (reference).reference)[1].identifier;

create macro fhir.npi_of(identifiers) as
  list_filter(
    identifiers,
    lambda one: (one.system = 'http://hl7.org/fhir/sid/us-npi' or upper(one.type.coding[1].code) = 'NPI')
      and regexp_full_match(one.value, '\d{10}')
  )[1].value;

-- The CMS certification number, which Blue Button calls the provider number.
create macro fhir.ccn_of(identifiers) as
  list_filter(
    identifiers,
    lambda one: fhir.tag(one.system) in ('prvdr_num', 'ccn', 'us-ccn', 'urn:oid:2.16.840.1.113883.4.336')
      or (one.system is null and one.type.coding[1].code = 'PRN')
  )[1].value;

create macro fhir.tin_of(identifiers) as
  replace(
    list_filter(
      identifiers,
      lambda one: one.system in ('urn:oid:2.16.840.1.113883.4.4', 'http://terminology.hl7.org/NamingSystem/USEIN', 'http://hl7.org/fhir/sid/us-ein')
        or one.type.coding[1].code in ('TAX', 'EIN')
    )[1].value,
    '-', ''
  );

-- Type and id of the target of a reference, its URN, or what else identifies it.
create macro fhir.key_in(reference) as
  case
    when (reference).reference like 'urn:%' then (reference).reference
    when (reference).reference is null or contains((reference).reference, '?') then fhir.identifier_in(reference)
    else nullif(regexp_extract((reference).reference, '([A-Za-z]+/[^/]+?)(?:/_history/[^/]*)?$', 1), '')
  end;

-- The CMS certification number by which a reference names its target.
create macro fhir.ccn_in(reference) as
  case
    when fhir.tag(split_part(fhir.identifier_in(reference), '|', 1)) in ('prvdr_num', 'ccn', 'us-ccn')
      then split_part(fhir.identifier_in(reference), '|', 2)
  end;

-- Types of resources without a version of which several patients have one under the same id, such as in bundles made for
-- tests: all of these types are then known by their patient as well.
create table fhir.shared_type as
select distinct resource_type
from (
  select resource_type from fhir.resource where scope is not null group by source_name, resource_type, id having count(*) > 1
) as shared;

create macro fhir.is_shared(wanted) as
  list_contains((select coalesce(list(resource_type), []) from fhir.shared_type), wanted);

update fhir.resource set id = scope || '/' || id
where scope is not null and fhir.is_shared(resource_type);

-- One row per other name of a resource that references may use: an identifier of its own, or its name in its bundle.
create table fhir.other_name as
with identified as (
  select source_name, 'Patient' as resource_type, id, unnest(identifier) as name from fhir.patient
  union all
  select source_name, 'Practitioner', id, unnest(identifier) from fhir.practitioner
  union all
  select source_name, 'Organization', id, unnest(identifier) from fhir.organization
  union all
  select source_name, 'Location', id, unnest(identifier) from fhir.location
),
named as (
  select source_name, resource_type, id, name.system || '|' || name.value as name
  from identified
  where name.system is not null and name.value is not null
  union all
  select source_name, resource_type, id, alias
  from fhir.resource
  where alias <> id
)
select source_name, resource_type, name, any_value(id) as id
from named
group by source_name, resource_type, name
having count(distinct id) = 1;

update fhir.resource set person = coalesce(
  fhir.id_in(patient_reference, 'Patient'),
  url_decode(nullif(regexp_extract(patient_reference, '^[^#]*Patient\?(?:.*&)?identifier=([^&]*)', 1), '')),
  patient_identifier
);

update fhir.resource as resource set person = name.id
from fhir.other_name as name
where name.source_name = resource.source_name and name.resource_type = 'Patient' and name.name = resource.person;

-- A patient who is only identified is known by that identifier.
update fhir.resource set person = regexp_extract(person, '\|(.*)$', 1) where contains(person, '|');

update fhir.resource set person = id where resource_type = 'Patient';

-- The name under which fhir.other_name may know the target of a reference.
create macro fhir.name_in(reference, wanted) as
  coalesce(fhir.identifier_in(reference), fhir.id_in((reference).reference, wanted));

-- The id of the resource of a patient, such as an encounter, that another resource of that patient refers to.
create macro fhir.beside(reference, wanted, patient) as
  case
    when patient is not null and fhir.is_shared(wanted)
      then patient || '/' || fhir.id_in((reference).reference, wanted)
    else fhir.id_in((reference).reference, wanted)
  end;

-- Whether a resource says that something was deliberately not done: by its status, a flag, or the QI-Core profile of such.
create macro fhir.is_not_done(status, flag, extensions, profiles) as
  coalesce(flag = 'true', false)
  or coalesce(status in ('not-done', 'not-taken'), false)
  or len(list_filter(profiles, lambda one: regexp_matches(lower(one), 'not-?done|not-?requested'))) > 0
  or len(
    list_filter(
      extensions,
      lambda one: (regexp_matches(lower(one.url), '(notdone|donotperform)$') and one."valueBoolean" = 'true')
        or lower(one.url) like '%notdonereason'
    )
  ) > 0;

-- Why something was not done, where it was not.
create macro fhir.reason(is_not_done, said, extensions, other) as
  case
    when is_not_done
      then coalesce(
        said,
        list_filter(
          extensions, lambda one: regexp_matches(lower(one.url), 'reason$') and one."valueCodeableConcept".coding is not null
        )[1]."valueCodeableConcept".coding[1],
        other
      )
  end;

-- Why a statement about a patient does not become input, whatever it says.
create macro fhir.left_out(person, status) as
  case
    when person is null then 'is about no patient'
    when status = 'entered-in-error' then 'entered in error'
  end;

-- Days of a length of time.
create macro fhir.days(length) as
  try_cast(
    fhir.quantity(length.value)
    * case lower(coalesce(length.code, length.unit))
        when 'd' then 1 when 'day' then 1 when 'days' then 1
        when 'wk' then 7 when 'week' then 7 when 'weeks' then 7
        when 'mo' then 30 when 'month' then 30 when 'months' then 30
      end as integer
  );

-- How often a dose is taken in a day; null where the times are not told.
create macro fhir.doses_a_day(times) as
  coalesce(
    fhir.quantity(coalesce((times)."frequencyMax", (times).frequency))
    / nullif(
      fhir.quantity((times).period)
      * case (times)."periodUnit"
          when 's' then 1 / 86400 when 'min' then 1 / 1440 when 'h' then 1 / 24 when 'd' then 1
          when 'wk' then 7 when 'mo' then 30 when 'a' then 365
        end,
      0
    ),
    nullif(len((times)."timeOfDay"), 0)
  );
