import { FACILITIES, PRACTICES, PRACTITIONERS } from '../network.ts';
import { type Place, STATE } from '../places.ts';
import type { JsonObject, Resource } from './fhir-ndjson.ts';
import { coding, concept, identified, npiOf, type References, SYSTEM } from './fhir-words.ts';

/** CMS specialty of a practitioner, as Blue Button names its code system. */
export const specialty = (code: string, name: string) => ({
  coding: [coding('https://bluebutton.cms.gov/resources/variables/prvdr_spclty', code, name)],
  text: name,
});

/** Who gives the care: practices and facilities as organizations and places, practitioners and the roles they have. */
export function directory(refs: References, meta: JsonObject): readonly Resource[] {
  const organization = (
    id: string,
    name: string,
    kind: string,
    place: Place,
    identifier: readonly JsonObject[],
  ): Resource => ({
    resourceType: 'Organization',
    id,
    meta,
    identifier,
    active: true,
    type: [{ ...concept(coding('http://terminology.hl7.org/CodeSystem/organization-type', 'prov')), text: kind }],
    name,
    address: [{ city: place.city, state: STATE, postalCode: place.zip }],
  });
  const location = (
    id: string,
    name: string,
    kind: string,
    place: Place,
    identifier: readonly JsonObject[],
  ): Resource => ({
    resourceType: 'Location',
    id,
    meta,
    identifier,
    status: 'active',
    name,
    type: [{ text: kind }],
    address: { city: place.city, state: STATE, postalCode: place.zip },
    managingOrganization: refs.to('Organization', id),
  });
  const npi = (value: string) => identified('NPI', SYSTEM.npi, value);
  const tin = (value: string) => identified('TAX', SYSTEM.ein, value);
  return [
    ...FACILITIES.flatMap((each) => {
      const ccn = { system: SYSTEM.ccn, value: each.ccn };
      const providerNumber = { system: SYSTEM.providerNumber, value: each.ccn };
      return [
        organization(each.ccn, each.name, each.kind, each.place, [npi(each.npi), ccn, providerNumber, tin(each.tin)]),
        location(each.ccn, each.name, each.kind, each.place, [npi(each.npi), ccn]),
      ];
    }),
    ...PRACTICES.flatMap((each) => [
      organization(each.id, each.name, 'practice', each.place, [npi(each.npi), tin(each.tin)]),
      location(each.id, each.name, 'practice', each.place, [npi(each.npi)]),
    ]),
    ...PRACTITIONERS.flatMap((each): readonly Resource[] => {
      const practice = PRACTICES.find(({ id }) => id === each.practiceId);
      const kind = specialty(each.specialty.code, each.specialty.name);
      return [
        {
          resourceType: 'Practitioner',
          id: each.npi,
          meta,
          identifier: [npi(each.npi), tin(each.tin)],
          active: true,
          name: [{ family: each.lastName, given: [each.firstName] }],
        },
        {
          resourceType: 'PractitionerRole',
          id: `role-${each.npi}`,
          meta,
          active: true,
          practitioner: refs.to('Practitioner', each.npi, npiOf(each.npi)),
          organization: practice && refs.to('Organization', practice.id, npiOf(practice.npi)),
          code: [kind],
          specialty: [kind],
          location: practice && [refs.to('Location', practice.id, npiOf(practice.npi))],
        },
      ];
    }),
  ];
}
