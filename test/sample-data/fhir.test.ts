import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iso } from '../../sample-data/calendar.ts';
import { generate, worldOf } from '../../sample-data/generate.ts';
import { live } from '../../sample-data/life.ts';
import { PRACTICES, PRACTITIONERS } from '../../sample-data/network.ts';
import { memberIdOn } from '../../sample-data/people.ts';
import { planOf } from '../../sample-data/personas.ts';
import type { Plan, Span } from '../../sample-data/plan.ts';
import { trapsOf } from '../../sample-data/traps.ts';

const MEMBERS = 300;
const folder = mkdtempSync(join(tmpdir(), 'fhir-'));
const world = worldOf({});
const plans: readonly Plan[] = [
  ...Array.from({ length: MEMBERS }, (_, at) => live(world, at + 1)),
  ...trapsOf(world).map((trap, at) => planOf(world, trap, at)),
];

/** Walks parsed JSON without any model of FHIR; a path that leads nowhere gives an empty node. */
class Node {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
  at(...path: readonly (string | number)[]): Node {
    let value = this.value;
    for (const step of path) value = value instanceof Object ? Reflect.get(value, step) : undefined;
    return new Node(value);
  }
  get list(): readonly Node[] {
    return Array.isArray(this.value) ? this.value.map((each) => new Node(each)) : [];
  }
  get text(): string {
    return this.value === undefined ? '' : String(this.value);
  }
  /** Dollars in whole cents. */
  get cents(): number {
    const cents = Number(this.value) * 100;
    if (Math.abs(cents - Math.round(cents)) > 1e-4) throw new Error(`not whole cents: ${this.value}`);
    return Math.round(cents);
  }
  /** The code of a codeable concept in one system. */
  code(system: string): string {
    return (
      this.at('coding')
        .list.find((each) => each.at('system').text === system)
        ?.at('code').text ?? ''
    );
  }
  *everywhere(): Generator<Node> {
    yield this;
    if (!(this.value instanceof Object)) return;
    for (const child of Object.values(this.value)) yield* new Node(child).everywhere();
  }
}

const CMS = 'https://bluebutton.cms.gov/fhir/CodeSystem';
const SUPPORTING = 'http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType';
const VARIABLE = 'https://bluebutton.cms.gov/resources/variables';
const NPI = 'http://hl7.org/fhir/sid/us-npi';
const EIN = 'urn:oid:2.16.840.1.113883.4.4';
const CCN = 'http://terminology.hl7.org/NamingSystem/CCN';
const LOINC = 'http://loinc.org';

const files: { name: string; lines: readonly string[] }[] = [];
const resources: Node[] = [];
const byType = (type: string) => resources.filter((each) => each.at('resourceType').text === type);
const byId = new Map<string, Node>();
const byIdentifier = new Map<string, Node>();

beforeAll(async () => {
  await generate({ members: MEMBERS, formats: ['fhir'], out: folder });
  const names = readdirSync(join(folder, 'fhir')).filter((name) => name.endsWith('.ndjson'));
  for (const name of names.sort()) {
    const lines = readFileSync(join(folder, 'fhir', name), 'utf8').split('\n');
    files.push({ name, lines });
    for (const line of lines.slice(0, -1)) resources.push(new Node(JSON.parse(line)));
  }
  for (const each of resources) {
    const type = each.at('resourceType').text;
    byId.set(`${type}/${each.at('id').text}`, each);
    for (const identifier of each.at('identifier').list) {
      byIdentifier.set(`${type}?${identifier.at('system').text}|${identifier.at('value').text}`, each);
    }
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** What a reference leads to, in whichever form it is written. */
function follow(reference: Node, from: Node): Node | undefined {
  const literal = reference.at('reference').text;
  const identifier = reference.at('identifier');
  if (literal.startsWith('#')) {
    return from.at('contained').list.find((each) => each.at('id').text === literal.slice(1));
  }
  if (literal.includes('?identifier=')) return byIdentifier.get(literal.replace('?identifier=', '?'));
  if (literal !== '') return byId.get(literal.replace('https://fhir.example.org/r4/', ''));
  const [system, value] = [identifier.at('system').text, identifier.at('value').text];
  return byIdentifier.get(`${reference.at('type').text}?${system}|${value}`);
}

const identifierOf = (resource: Node | undefined, system: string): string =>
  resource
    ?.at('identifier')
    .list.find((each) => each.at('system').text === system)
    ?.at('value').text ?? '';

/** The number by which claims and EHR know a person. */
const personOf = (reference: Node, from: Node): string =>
  identifierOf(follow(reference, from), 'https://aco.example.org/person');

const claims = () => byType('ExplanationOfBenefit');
const counts = (claim: Node): boolean =>
  claim.at('status').text === 'active' &&
  claim.at('extension', 0, 'valueCoding', 'code').text !== '0' &&
  !claim.at('extension', 0, 'url').text.endsWith('CLM-MDCR-NPMT-RSN-CD');
const isFill = (claim: Node): boolean =>
  claim.at('type').code('http://terminology.hl7.org/CodeSystem/claim-type') === 'pharmacy';
const paidOf = (line: Node, variable: string): number | undefined =>
  line
    .at('adjudication')
    .list.find((each) => each.at('category').code(`${CMS}/Adjudication`) === variable)
    ?.at('amount', 'value').cents;
const information = (claim: Node, code: string): Node =>
  claim.at('supportingInfo').list.find((each) => each.at('category').code(SUPPORTING) === code) ?? new Node(undefined);

const truth = (name: string): readonly Record<string, string>[] =>
  parse(readFileSync(join(folder, 'truth', `${name}.csv`)), { columns: true });

const sumBy = (entries: readonly (readonly [string, number])[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const [key, value] of entries) sums[key] = (sums[key] ?? 0) + value;
  return sums;
};

const hashes = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  );

describe('the files are those of a bulk export', () => {
  test('every line is a resource of the type in the name of its file', () => {
    for (const { name, lines } of files) {
      expect(lines.at(-1)).toBe('');
      const types = new Set(lines.slice(0, -1).map((line) => new Node(JSON.parse(line)).at('resourceType').text));
      expect([...types]).toEqual([name.split('.')[0]]);
    }
  });

  test('every resource has an id, unique in its type, in the letters that FHIR allows', () => {
    const ids = resources.map((each) => `${each.at('resourceType').text}/${each.at('id').text}`);
    expect(ids.filter((id) => !/^[A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a type with more than 10,000 lines goes on in a further file', () => {
    const lines = files
      .filter(({ name }) => name.startsWith('ExplanationOfBenefit'))
      .map(({ name, lines: { length } }) => [name, length - 1]);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(0, -1).every(([, length]) => length === 10_000)).toBe(true);
    expect(lines.map(([name]) => name)).toEqual(
      lines.map((_, at) => `ExplanationOfBenefit.${String(at).padStart(3, '0')}.ndjson`),
    );
  });

  test('the same options give the same bytes, and a person is the same in a population of any size', async () => {
    const [once, again, larger] = ['once', 'again', 'larger'].map((name) => join(folder, name));
    await generate({ members: 12, formats: ['fhir'], out: `${once}` });
    await generate({ members: 12, formats: ['fhir'], out: `${again}` });
    await generate({ members: 20, formats: ['fhir'], out: `${larger}` });
    expect(hashes(join(`${again}`, 'fhir'))).toEqual(hashes(join(`${once}`, 'fhir')));
    const linesOf = (out: string | undefined) =>
      readFileSync(join(`${out}`, 'fhir', 'Coverage.000.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => /P00000(0\d|1[0-2])-/.test(line));
    expect(linesOf(once).length).toBeGreaterThan(12);
    expect(linesOf(larger)).toEqual(linesOf(once));
  });
});

describe('references', () => {
  const all = () =>
    resources.flatMap((from) =>
      [...from.everywhere()]
        .filter(
          (each) =>
            each.at('reference').text !== '' ||
            (each.at('identifier', 'value').text !== '' && each.at('type').text !== ''),
        )
        .map((reference) => ({ from, reference })),
    );

  test('each leads to a resource, whichever its form', () => {
    const lost = all().filter(({ from, reference }) => follow(reference, from) === undefined);
    expect(lost.slice(0, 5).map(({ reference }) => reference.value)).toEqual([]);
  });

  test('all forms occur: relative, absolute, contained, by identifier, by query', () => {
    const form = (literal: string): string =>
      literal === ''
        ? 'identifier'
        : literal.startsWith('#')
          ? 'contained'
          : literal.includes('?')
            ? 'query'
            : literal.startsWith('https:')
              ? 'absolute'
              : 'relative';
    const forms = new Set(all().map(({ reference }) => form(reference.at('reference').text)));
    expect([...forms].sort()).toEqual(['absolute', 'contained', 'identifier', 'query', 'relative']);
  });
});

describe('claims come to what was planned', () => {
  test('dollars paid for each person, by the line', () => {
    const paid = (isWanted: (claim: Node) => boolean) =>
      sumBy(
        claims()
          .filter((claim) => counts(claim) && isWanted(claim))
          .flatMap((claim) =>
            claim
              .at('item')
              .list.map(
                (line) => [personOf(claim.at('patient'), claim), paidOf(line, 'CLM_LINE_CVRD_PD_AMT') ?? 0] as const,
              ),
          ),
      );
    const [medical, pharmacy] = [paid((claim) => !isFill(claim)), paid(isFill)];
    const found = truth('person').map(({ person = '' }) => [person, medical[person] ?? 0, pharmacy[person] ?? 0]);
    const planted = truth('person').map((each) => [
      each.person,
      new Node(each.medical_paid).cents,
      new Node(each.pharmacy_paid).cents,
    ]);
    expect(found).toEqual(planted);
    expect(Object.values(medical).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  });

  test('lines add up to the totals and the payment of their claim, to the cent', () => {
    for (const claim of claims()) {
      const sum = (variable: string) =>
        claim.at('item').list.reduce((all, line) => all + (paidOf(line, variable) ?? Number.NaN), 0);
      const total = (variable: string) =>
        claim.at('total').list.find((each) => each.at('category').code(`${CMS}/Adjudication`) === variable);
      expect(claim.at('payment', 'amount', 'value').cents).toBe(sum('CLM_LINE_CVRD_PD_AMT'));
      expect(total('CLM_ALOWD_CHRG_AMT')?.at('amount', 'value').cents).toBe(sum('CLM_LINE_ALOWD_CHRG_AMT'));
      expect(total('CLM_SBMT_CHRG_AMT')?.at('amount', 'value').cents).toBe(sum('CLM_LINE_SBMT_CHRG_AMT'));
    }
  });

  test('every claim delivered, and no other, with its codes, days, parties and amounts', () => {
    const planned = plans.flatMap(({ person, claims: all }) =>
      all
        .filter(({ paid }) => paid <= world.end)
        .map((claim) => ({
          id: claim.id,
          person: person.id,
          bill: claim.bill === '' ? '' : `0${claim.bill}`,
          days: [iso(claim.start), iso(claim.end), iso(claim.paid)],
          admission: claim.admission
            ? [iso(claim.admission.admit), claim.admission.discharge === null ? '' : iso(claim.admission.discharge)]
            : ['', ''],
          codes: [
            claim.admission?.type ?? '',
            claim.admission?.source ?? '',
            claim.admission?.drg ?? '',
            claim.disposition,
          ],
          place: claim.place,
          ccn: claim.facility?.ccn ?? '',
          facility: claim.facility?.npi ?? '',
          billing: [claim.billing.npi, claim.billing.tin],
          rendering: claim.rendering ? [claim.rendering.npi, claim.rendering.specialty.code] : ['', ''],
          ordering: claim.ordering?.npi ?? '',
          diagnoses: claim.diagnoses.map(({ code, poa }) => `${code} ${poa}`),
          procedures: claim.procedures.map(({ code, day }) => `${code} ${iso(day)}`),
          lines: claim.lines.map((line) =>
            [
              line.number,
              line.revenue,
              line.hcpcs,
              line.modifier,
              line.units,
              iso(line.start),
              iso(line.end),
              line.charge,
              line.allowed,
            ].join(' '),
          ),
        })),
    );
    const found = claims()
      .filter((claim) => !isFill(claim))
      .map((claim) => {
        const billing = follow(claim.at('provider'), claim);
        const team = (role: string) =>
          claim.at('careTeam').list.find((each) => each.at('role', 'coding', 0, 'code').text === role) ??
          new Node(undefined);
        const npiOf = (member: Node) =>
          member.value === undefined ? '' : identifierOf(follow(member.at('provider'), claim), NPI);
        const facility = follow(claim.at('facility'), claim);
        return {
          id: claim.at('id').text,
          person: personOf(claim.at('patient'), claim),
          bill: information(claim, 'typeofbill').at('code').code('https://www.nubc.org/CodeSystem/TypeOfBill'),
          days: [
            claim.at('billablePeriod', 'start').text,
            claim.at('billablePeriod', 'end').text,
            claim.at('payment', 'date').text,
          ],
          admission: ['start', 'end'].map((end) => information(claim, 'admissionperiod').at('timingPeriod', end).text),
          codes: ['admtype', 'pointoforigin', 'drg', 'discharge-status'].map(
            (code) => information(claim, code).at('code', 'coding', 0, 'code').text,
          ),
          place: claim.at('item', 0, 'locationCodeableConcept', 'coding', 0, 'code').text,
          ccn: identifierOf(billing, CCN),
          facility: identifierOf(facility, NPI),
          billing: [identifierOf(billing, NPI), identifierOf(billing, EIN)],
          rendering: [npiOf(team('rendering')), team('rendering').at('qualification').code(`${VARIABLE}/prvdr_spclty`)],
          ordering: npiOf(team('referring')),
          diagnoses: claim
            .at('diagnosis')
            .list.map((each) =>
              [
                each.at('diagnosisCodeableConcept', 'coding', 0, 'code').text.replace('.', ''),
                each.at('onAdmission', 'coding', 0, 'code').text,
              ].join(' '),
            ),
          procedures: claim
            .at('procedure')
            .list.map(
              (each) => `${each.at('procedureCodeableConcept', 'coding', 0, 'code').text} ${each.at('date').text}`,
            ),
          lines: claim
            .at('item')
            .list.map((line) =>
              [
                line.at('sequence').text,
                line.at('revenue').code('https://www.nubc.org/CodeSystem/RevenueCodes'),
                line.at('productOrService', 'coding', 0, 'code').text.replace('not-applicable', ''),
                line.at('modifier', 0, 'coding', 0, 'code').text,
                line.at('quantity', 'value').text,
                line.at('servicedDate').text || line.at('servicedPeriod', 'start').text,
                line.at('servicedDate').text || line.at('servicedPeriod', 'end').text,
                paidOf(line, 'CLM_LINE_SBMT_CHRG_AMT'),
                paidOf(line, 'CLM_LINE_ALOWD_CHRG_AMT'),
              ].join(' '),
            ),
        };
      });
    expect(found.length).toBeGreaterThan(1_000);
    expect(found).toEqual(planned);
  });

  test('every fill delivered, with its drug, amounts and prescriber', () => {
    const planned = plans.flatMap(({ fills }) =>
      fills
        .filter(({ paid }) => paid <= world.end)
        .map((fill) =>
          [
            fill.claimId,
            iso(fill.day),
            fill.ndc,
            fill.quantity,
            fill.daysSupply,
            fill.refills,
            fill.allowed,
            fill.copayment,
            fill.prescriber.npi,
            fill.pharmacy.npi,
          ].join(' '),
        ),
    );
    const found = claims()
      .filter(isFill)
      .map((claim) => {
        const line = claim.at('item', 0);
        return [
          claim.at('id').text,
          line.at('servicedDate').text,
          line.at('detail', 0, 'productOrService').code('http://hl7.org/fhir/sid/ndc'),
          line.at('quantity', 'value').text,
          information(claim, 'dayssupply').at('valueQuantity', 'value').text,
          information(claim, 'refillsauthorized').at('valueQuantity', 'value').text,
          paidOf(line, 'CLM_LINE_ALOWD_CHRG_AMT'),
          paidOf(line, 'CLM_LINE_BENE_PMT_AMT'),
          identifierOf(follow(claim.at('careTeam', 0, 'provider'), claim), NPI),
          identifierOf(follow(claim.at('provider'), claim), NPI),
        ].join(' ');
      });
    expect(found.length).toBeGreaterThan(1_000);
    expect(found).toEqual(planned);
  });

  test('every setting has its claim type', () => {
    const types = new Set(claims().map((claim) => claim.at('type').code(`${CMS}/CLM-TYPE-CD`)));
    expect([...types].sort()).toEqual(['1', '10', '20', '30', '40', '50', '60', '71', '82'].sort());
  });

  test('a reversed claim is cancelled and not the final action; a denied one says so', () => {
    const statusOf = new Map(plans.flatMap((plan) => plan.claims.map(({ id, status }) => [id, status] as const)));
    const wrong = claims()
      .filter((claim) => !isFill(claim))
      .filter((claim) => counts(claim) !== (statusOf.get(claim.at('id').text) === 'paid'));
    expect(wrong).toEqual([]);
    const reversed = claims().filter((claim) => claim.at('status').text === 'cancelled');
    expect(new Set(reversed.map((claim) => claim.at('meta', 'tag', 1, 'code').text))).toEqual(
      new Set(['NotFinalAction']),
    );
    expect([...statusOf.values()]).toContain('denied');
  });

  test('acute admissions of each person, from claims and EHR together', () => {
    const isAcute = (ccn: string) => /^\d\d(0[0-8]\d\d|13\d\d)$/.test(ccn);
    const stays = new Set<string>();
    for (const claim of claims()) {
      const ccn = identifierOf(follow(claim.at('provider'), claim), CCN);
      if (!counts(claim) || claim.at('type').code(`${CMS}/CLM-TYPE-CD`) !== '60' || !isAcute(ccn)) continue;
      const days = information(claim, 'admissionperiod').at('timingPeriod');
      const isInterimBill = days.at('end').text === '';
      if (isInterimBill) continue;
      stays.add([personOf(claim.at('patient'), claim), ccn, days.at('start').text, days.at('end').text].join(' '));
    }
    for (const visit of byType('Encounter')) {
      const ccn = identifierOf(follow(visit.at('serviceProvider'), visit), CCN);
      if (visit.at('class', 'code').text !== 'IMP' || visit.at('status').text !== 'finished' || !isAcute(ccn)) continue;
      const days = ['start', 'end'].map((end) => visit.at('period', end).text.slice(0, 10));
      stays.add([personOf(visit.at('subject'), visit), ccn, ...days].join(' '));
    }
    const found = sumBy([...stays].map((stay) => [stay.split(' ')[0] ?? '', 1] as const));
    expect(found).toEqual(sumBy(truth('stay').map(({ person = '', parts }) => [person, Number(parts)] as const)));
  });
});

describe('people and their coverage', () => {
  test('every practitioner has a specialty and, where there is one, a practice with its tax number', () => {
    const found = byType('PractitionerRole').map((role) => {
      const practice = follow(role.at('organization'), role);
      return [
        identifierOf(follow(role.at('practitioner'), role), NPI),
        role.at('specialty', 0).code(`${VARIABLE}/prvdr_spclty`),
        identifierOf(practice, EIN),
      ];
    });
    const tinOf = (practiceId: string | null) => PRACTICES.find(({ id }) => id === practiceId)?.tin ?? '';
    expect(found).toEqual(
      PRACTITIONERS.map(({ npi, specialty, practiceId }) => [npi, specialty.code, tinOf(practiceId)]),
    );
  });

  test('what is said of a person is what was planned', () => {
    for (const plan of plans) {
      const { person, death } = plan;
      const patient = byId.get(`Patient/${person.id}`) ?? new Node(undefined);
      expect(patient.at('gender').text).toBe(person.sex);
      expect(patient.at('birthDate').text).toBe(iso(person.birth));
      expect(patient.at('deceasedDateTime').text).toBe(death === null ? '' : iso(death));
      expect(patient.at('address', 0, 'postalCode').text).toBe(person.place.zip);
      expect(patient.at('address', 0, 'district').text).toBe(person.place.countyFips);
      expect(identifierOf(patient, 'http://hl7.org/fhir/sid/us-mbi')).toBe(person.memberId);
      expect(patient.at('extension', 0, 'extension', 1, 'valueString').text.toLowerCase()).toBe(person.race);
      const [clinician, practice] = patient.at('generalPractitioner').list;
      expect(clinician && identifierOf(follow(clinician, patient), NPI)).toBe(person.clinician.npi);
      expect(practice && follow(practice, patient)?.at('id').text).toBe(person.practice.id);
    }
  });

  test('Parts A and B cover every planned span, Part C those of Medicare Advantage, each with its statuses', () => {
    interface Said {
      readonly key: string;
      readonly start: string;
      readonly end: string;
    }
    /** Pieces of one status that follow each other are one. */
    const joined = (pieces: readonly Said[]): readonly string[] => {
      const spans: { key: string; start: string; end: string }[] = [];
      for (const piece of [...pieces].sort((a, b) => (a.start < b.start ? -1 : 1))) {
        const before = spans.findLast(({ key }) => key === piece.key);
        const dayAfter = before && new Date(Date.parse(before.end) + 86_400_000).toISOString().slice(0, 10);
        if (before && dayAfter === piece.start) before.end = piece.end;
        else spans.push({ ...piece });
      }
      return spans.map(({ key, start, end }) => `${key} ${start} ${end}`).sort();
    };
    const said = (part: string) =>
      joined(
        byType('Coverage')
          .filter((each) => each.at('class', 1, 'value').text === `Part ${part}`)
          .map((each) => {
            const variable = (name: string) =>
              each
                .at('extension')
                .list.find((one) => one.at('url').text.startsWith(`${VARIABLE}/${name}`))
                ?.at('valueCoding', 'code').text;
            return {
              key: `${personOf(each.at('beneficiary'), each)} ${each.at('subscriberId').text} ${variable('dual')} ${variable('ms_cd')} ${variable('orec')}`,
              start: each.at('period', 'start').text,
              end: each.at('period', 'end').text,
            };
          }),
      );
    const planned = (isWanted: (span: Span) => boolean) =>
      joined(
        plans.flatMap(({ person, spans }) =>
          spans.filter(isWanted).map((span) => ({
            key: `${person.id} ${memberIdOn(person, span.start)} ${span.dual} ${span.medicareStatus} ${person.entitlement}`,
            start: iso(span.start),
            end: iso(span.end),
          })),
        ),
      );
    expect(said('A')).toEqual(planned(() => true));
    expect(said('B')).toEqual(said('A'));
    expect(said('C')).toEqual(planned(({ coverage }) => coverage === 'medicare advantage'));
    expect(said('C').length).toBeGreaterThan(0);
  });

  test('a claim refers to the coverage of its day, and names the part where there is none', () => {
    for (const claim of claims()) {
      const coverage = claim.at('insurance', 0, 'coverage');
      const found = coverage.at('reference').text === '' ? undefined : follow(coverage, claim);
      const day = claim.at('billablePeriod', 'start').text;
      if (found === undefined) expect(coverage.at('display').text).toMatch(/^Part [ABD]$/);
      else expect(found.at('period', 'start').text <= day && day <= found.at('period', 'end').text).toBe(true);
    }
  });
});

describe('the record of the EHR comes to what was planned', () => {
  test('values of glycated hemoglobin', () => {
    const found = byType('Observation')
      .filter((each) => each.at('code').code(LOINC) === '4548-4' && each.at('status').text === 'final')
      .map((each) =>
        [
          personOf(each.at('subject'), each),
          each.at('effectiveDateTime').text.slice(0, 10),
          Number(each.at('valueQuantity', 'value').text || Number.NaN),
          each.at('valueQuantity', 'code').text,
        ].join(' '),
      );
    const planned = plans.flatMap(({ person, chart }) =>
      (chart?.results ?? [])
        .filter(({ loinc }) => loinc === '4548-4')
        .map(({ day, value, unit }) => [person.id, iso(day), Number(value), unit].join(' ')),
    );
    expect(found.length).toBeGreaterThan(50);
    expect(found.sort()).toEqual(planned.sort());
  });

  test('a blood pressure is one observation of two components', () => {
    const found = byType('Observation')
      .filter((each) => each.at('code').code(LOINC) === '85354-9')
      .map((each) =>
        each
          .at('component')
          .list.map((one) => `${one.at('code').code(LOINC)} ${one.at('valueQuantity', 'value').text}`)
          .join(', '),
      );
    const planned = plans.flatMap(({ chart }) => {
      const of = (code: string) => (chart?.observations ?? []).filter((each) => each.code === code);
      const lower = of('8462-4');
      return of('8480-6').map(({ value }, at) => `8480-6 ${value}, 8462-4 ${lower[at]?.value}`);
    });
    expect(found.length).toBeGreaterThan(100);
    expect(found.sort()).toEqual(planned.sort());
    const alone = byType('Observation').filter((each) => ['8480-6', '8462-4'].includes(each.at('code').code(LOINC)));
    expect(alone).toEqual([]);
  });

  test('a diagnosis of a visit, and whether it was there at admission', () => {
    const system = 'https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/HospitalAcqCond/Coding';
    const url = 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-encounter-diagnosisPresentOnAdmission';
    const found = byType('Encounter').flatMap((visit) =>
      visit.at('diagnosis').list.map((each) => {
        const code = follow(each.at('condition'), visit)?.at('code', 'coding', 0, 'code').text.replace('.', '');
        const said = each.at('extension').list.find((one) => one.at('url').text === url);
        return [visit.at('id').text, each.at('rank').text, code, said?.at('valueCodeableConcept').code(system)].join(
          ' ',
        );
      }),
    );
    const planned = plans.flatMap(({ chart }) =>
      (chart?.encounters ?? []).flatMap(({ id, event }) =>
        event.diagnoses.map((each, at) =>
          [id, at + 1, typeof each === 'string' ? `${each} ` : `${each.code} ${each.poa}`].join(' '),
        ),
      ),
    );
    expect(found.filter((each) => /[YN]$/.test(each)).length).toBeGreaterThan(100);
    expect(found).toEqual(planned);
  });

  test('as many of each resource as were planned, without those that must not count', () => {
    const sum = (of: (chart: NonNullable<Plan['chart']>) => number) =>
      plans.reduce((all, { chart }) => all + (chart ? of(chart) : 0), 0);
    const stated = (type: string) => byType(type).filter((each) => !each.at('id').text.startsWith('NOT-')).length;
    expect(stated('Encounter')).toBe(sum(({ encounters }) => encounters.length));
    expect(stated('Condition')).toBe(
      sum(({ encounters, problems }) =>
        encounters.reduce((all, { event }) => all + event.diagnoses.length, problems.length),
      ),
    );
    expect(stated('MedicationRequest')).toBe(sum(({ orders }) => orders.length));
    expect(stated('Immunization')).toBe(sum(({ immunizations }) => immunizations.length));
    expect(stated('Appointment')).toBe(sum(({ appointments }) => appointments.length));
  });

  test('what must not count says so', () => {
    const ERROR = 'entered-in-error';
    const said = byType('Observation')
      .concat(byType('Encounter'), byType('Condition'), byType('MedicationRequest'), byType('Procedure'))
      .filter((each) => each.at('id').text.startsWith('NOT-'))
      .map((each) => {
        const status =
          each.at('verificationStatus', 'coding', 0, 'code').text ||
          (each.at('doNotPerform').value === true && 'do not perform');
        return `${each.at('resourceType').text}: ${status || each.at('status').text}`;
      });
    expect([...new Set(said)].sort()).toEqual([
      `Condition: ${ERROR}`,
      `Encounter: ${ERROR}`,
      'MedicationRequest: do not perform',
      `Observation: ${ERROR}`,
      'Procedure: not-done',
    ]);
  });
});
