-- One row per value of an Observation: its own, and one per component. An Observation without either has one row as well.
with stated as (
  select
    source_name,
    id,
    person,
    scope,
    status,
    lower(category[1].coding[1].code) as category,
    list_contains(
      flatten(list_transform(category, lambda one: list_transform(one.coding, lambda two: lower(two.code)))), 'laboratory'
    ) as is_laboratory,
    code as whole_code,
    encounter,
    coalesce("effectiveDateTime", "effectiveInstant", "effectivePeriod"."end", "effectivePeriod".start, issued) as effective,
    "effectivePeriod".start as began,
    issued,
    fhir.is_not_done(status, null, list_concat(extension, "modifierExtension"), meta.profile) as is_not_done,
    fhir.reason(
      fhir.is_not_done(status, null, list_concat(extension, "modifierExtension"), meta.profile),
      "dataAbsentReason".coding[1], list_concat(extension, "modifierExtension"), null
    ) as reason,
    list_concat(
      case
        when len(component) > 0 and coalesce(
            "valueQuantity".value, "valueString", "valueBoolean", "valueInteger", "valueDateTime"
          ) is null and "valueCodeableConcept" is null
          then []
        else [
          {
            place: 0,
            code: code,
            quantity: "valueQuantity",
            concept: "valueCodeableConcept",
            text: coalesce("valueString", "valueBoolean", "valueInteger", "valueDateTime"),
            interpretation: interpretation[1].coding[1].code
          }
        ]
      end,
      list_transform(
        component,
        lambda one, place: {
          place: place,
          code: one.code,
          quantity: one."valueQuantity",
          concept: one."valueCodeableConcept",
          text: coalesce(one."valueString", one."valueBoolean", one."valueInteger", one."valueDateTime"),
          interpretation: one.interpretation[1].coding[1].code
        }
      )
    ) as parts,
    len(component) > 0 as is_panel,
    file_id,
    line_number
  from fhir.observation
)
select * exclude (parts, part), part.*
from (select *, unnest(parts) as part from stated) as parted
