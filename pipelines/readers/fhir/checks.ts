import { type Check, onRows } from '../../engine/check.ts';

const about = `(
    select resource.person, bool_or(patient.id is not null) as is_delivered
    from fhir.resource as resource
    left join fhir.resource as patient
      on patient.source_name = resource.source_name and patient.resource_type = 'Patient' and patient.id = resource.person
    where resource.person is not null and resource.resource_type <> 'Patient'
    group by resource.source_name, resource.person
  )`;

/** What ought to hold of FHIR resources before they become input. */
export const checks: readonly Check[] = [
  ...onRows(about, 'fhir', 'source system', [
    {
      number: 21,
      id: 'patient-is-delivered',
      title: 'Every patient whom a resource is about is delivered as a Patient; else little is known of that person',
      broken: 'not is_delivered',
    },
  ]),
  ...onRows('fhir.resource', 'fhir', 'source system', [
    {
      number: 22,
      id: 'resource-is-versioned',
      title: 'A resource says when it was last updated, so that the latest of two is known',
      severity: 'info',
      broken: 'last_updated is null and version is null',
    },
    {
      number: 23,
      id: 'id-is-not-shared',
      title: 'The resources of two patients never have one id: where they do, each is known by its patient as well',
      among: 'scope is not null',
      broken: 'fhir.is_shared(resource_type)',
    },
  ]),
  ...onRows('fhir.claim_line', 'fhir', 'claims operations', [
    {
      number: 24,
      id: 'lines-add-up',
      title: 'The lines of a claim add up to its payment; else all of it stands on the first line',
      severity: 'info',
      among: 'is_first and has_payment',
      broken: 'not adds_up',
    },
  ]),
];
