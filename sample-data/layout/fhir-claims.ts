import { type Day, iso } from '../calendar.ts';
import type { Practitioner } from '../network.ts';
import type { Cents, Claim, ClaimLine, Fill, Plan } from '../plan.ts';
import { specialty } from './fhir-directory.ts';
import type { Json, JsonObject, Resource } from './fhir-ndjson.ts';
import { coverageOn, type Part } from './fhir-people.ts';
import {
  coding,
  concept,
  diagnosis,
  extension,
  identified,
  money,
  npiOf,
  type References,
  SYSTEM,
  service,
} from './fhir-words.ts';

const CARIN = 'http://hl7.org/fhir/us/carin-bb/CodeSystem';
const CMS = 'https://bluebutton.cms.gov/fhir/CodeSystem';
const PROFILE = 'http://hl7.org/fhir/us/carin-bb/StructureDefinition';
const TERMS = 'http://terminology.hl7.org/CodeSystem';

interface Kind {
  /** NCH claim type, and the record that it was made from. */
  readonly code: string;
  readonly record: 'V' | 'W' | 'O' | 'M';
  readonly subType: 'inpatient' | 'outpatient' | null;
  readonly part: Part;
  readonly profile: string;
}

const INPATIENT = { record: 'V', subType: 'inpatient', part: 'a', profile: 'Inpatient-Institutional' } as const;
const OUTPATIENT = { subType: 'outpatient', profile: 'Outpatient-Institutional' } as const;
const PROFESSIONAL = { subType: null, part: 'b', profile: 'Professional-NonClinician' } as const;

/** First two characters of the type of bill; any other bill of a facility is an outpatient one. */
const BY_BILL: Readonly<Record<string, Kind>> = {
  '11': { code: '60', ...INPATIENT },
  '18': { code: '30', ...INPATIENT },
  '21': { code: '20', ...INPATIENT },
  '32': { code: '10', record: 'V', part: 'a', ...OUTPATIENT },
  '81': { code: '50', ...INPATIENT },
};
const HOSPITAL_VISIT: Kind = { code: '40', record: 'W', part: 'b', ...OUTPATIENT };
const CARRIER: Kind = { code: '71', record: 'O', ...PROFESSIONAL };
const EQUIPMENT: Kind = { code: '82', record: 'M', ...PROFESSIONAL };
const MEDICAL_SUPPLY = '54';

const kindOf = ({ type, bill, rendering }: Claim): Kind => {
  if (type === 'institutional') return BY_BILL[bill.slice(0, 2)] ?? HOSPITAL_VISIT;
  return rendering?.specialty.code === MEDICAL_SUPPLY ? EQUIPMENT : CARRIER;
};

const npi = (value: string) => identified('NPI', SYSTEM.npi, value);

/** Resources written within the claim, and references to them. */
class Contained {
  readonly resources: JsonObject[] = [
    {
      resourceType: 'Organization',
      id: 'insurer-org',
      active: true,
      name: 'Centers for Medicare and Medicaid Services',
    },
  ];

  add(resourceType: string, id: string, ...identifier: readonly JsonObject[]): JsonObject {
    this.resources.push({ resourceType, id, identifier });
    return { reference: `#${id}` };
  }
}

const amount = (system: string, code: string, variable: string, cents: Cents) => ({
  category: concept(coding(system, code), coding(`${CMS}/Adjudication`, variable)),
  amount: money(cents),
});

/** What the patient owes is left out where it is nothing. */
const owed = (...of: Parameters<typeof amount>) => (of[3] === 0 ? [] : [amount(...of)]);

const SUPPORTING = `${CARIN}/C4BBSupportingInfoType`;
const carin = (code: string, value: JsonObject) => ({ category: concept(coding(SUPPORTING, code)), ...value });
const cms = (code: string, value: JsonObject) => ({
  category: concept(coding(`${CMS}/Supporting-Information`, code), coding(`${TERMS}/claiminformationcategory`, 'info')),
  ...value,
});
const both = (system: string, variable: string, code: string) => ({
  code: concept(coding(system, code), coding(`${CMS}/${variable}`, code)),
});
const numbered = (entries: readonly JsonObject[]) => entries.map((each, at) => ({ sequence: at + 1, ...each }));

/** The type of bill in parts, each part written with those before it, as CMS writes them. */
const typeOfBill = (bill: string) =>
  carin('typeofbill', {
    code: concept(
      coding('https://www.nubc.org/CodeSystem/TypeOfBill', `0${bill}`),
      coding(`${CMS}/CLM-BILL-FAC-TYPE-CD`, bill.slice(0, 1)),
      coding(`${CMS}/CLM-BILL-CLSFCTN-CD`, bill.slice(0, 2)),
      coding(`${CMS}/CLM-BILL-FREQ-CD`, bill),
    ),
  });

const MS_DRG =
  'https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software';

function supportingInfo(claim: Claim, { record }: Kind): readonly JsonObject[] {
  const { admission, bill, disposition, paid } = claim;
  return numbered([
    ...(bill ? [typeOfBill(bill)] : []),
    cms('CLM_NRLN_RIC_CD', { code: concept(coding(`${CMS}/CLM-NRLN-RIC-CD`, record)) }),
    ...(admission
      ? [
          carin('admissionperiod', {
            timingPeriod: {
              start: iso(admission.admit),
              end: admission.discharge ? iso(admission.discharge) : undefined,
            },
          }),
          carin('pointoforigin', both(SYSTEM.pointOfOrigin, 'CLM-ADMSN-SRC-CD', admission.source)),
          carin('admtype', both(SYSTEM.admissionType, 'CLM-ADMSN-TYPE-CD', admission.type)),
          ...(admission.drg ? [carin('drg', { code: concept(coding(MS_DRG, admission.drg)) })] : []),
        ]
      : []),
    ...(disposition ? [carin('discharge-status', both(SYSTEM.dischargeStatus, 'BENE-PTNT-STUS-CD', disposition))] : []),
    cms('CLM_NCH_WKLY_PROC_DT', { timingDate: iso(paid) }),
  ]);
}

function diagnoses({ type, diagnoses: stated }: Claim): readonly JsonObject[] {
  const other = type === 'institutional' ? 'other' : 'secondary';
  return stated.map(({ code, poa }, at) => ({
    sequence: at + 1,
    diagnosisCodeableConcept: concept(diagnosis(code)),
    type: [
      concept(
        at === 0 ? coding(`${TERMS}/ex-diagnosistype`, 'principal') : coding(`${CARIN}/C4BBClaimDiagnosisType`, other),
      ),
    ],
    onAdmission: poa ? concept(coding(SYSTEM.onAdmission, poa)) : undefined,
  }));
}

const procedures = ({ procedures: done }: Claim): readonly JsonObject[] | undefined =>
  done.length === 0
    ? undefined
    : done.map(({ code, day }, at) => ({
        sequence: at + 1,
        type: [concept(coding(`${CARIN}/C4BBClaimProcedureType`, at === 0 ? 'principal' : 'other'))],
        date: iso(day),
        procedureCodeableConcept: concept(coding(SYSTEM.icd10pcs, code)),
      }));

/** Who billed: within the claim, by reference, or by the certification number (NPI for a practitioner) alone. */
function provider({ facility, billing }: Claim, refs: References, contained: Contained): JsonObject {
  const tax = identified('TAX', SYSTEM.ein, billing.tin);
  if (refs.isContained()) {
    if (!facility) return contained.add('Practitioner', 'provider-practitioner', npi(billing.npi), tax);
    const ccn = { system: SYSTEM.ccn, value: facility.ccn };
    return contained.add('Organization', 'provider-org', npi(billing.npi), ccn, tax);
  }
  if (!facility) return refs.to('Practitioner', billing.npi, npiOf(billing.npi));
  return refs.to('Organization', facility.ccn, { system: SYSTEM.providerNumber, value: facility.ccn });
}

function careTeam({ rendering, ordering }: Claim, refs: References, contained: Contained): readonly JsonObject[] {
  const members: readonly (readonly [role: string, Practitioner | null])[] = [
    ['rendering', rendering],
    ['referring', ordering],
  ];
  return numbered(
    members.flatMap(([role, who], at) =>
      who === null
        ? []
        : [
            {
              provider: refs.isContained()
                ? contained.add('Practitioner', `careteam-provider-${at + 1}`, npi(who.npi))
                : refs.to('Practitioner', who.npi, npiOf(who.npi)),
              role: concept(coding(`${CARIN}/C4BBClaimCareTeamRole`, role)),
              qualification: role === 'rendering' ? specialty(who.specialty.code, who.specialty.name) : undefined,
            },
          ],
    ),
  );
}

const serviced = (start: Day, end: Day): JsonObject =>
  start === end ? { servicedDate: iso(start) } : { servicedPeriod: { start: iso(start), end: iso(end) } };

const NOT_APPLICABLE = concept(coding(SYSTEM.absent, 'not-applicable', 'Not Applicable'));
const PLACE_OF_SERVICE = 'https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set';

function item({ type, place, rendering }: Claim, line: ClaimLine): JsonObject {
  const coinsurance = type === 'institutional' ? 'CLM_LINE_INSTNL_ADJSTD_AMT' : 'CLM_LINE_MDCR_COINSRNC_AMT';
  return {
    sequence: line.number,
    careTeamSequence: rendering ? [1] : undefined,
    revenue: line.revenue
      ? concept(
          coding(`${CMS}/CLM-REV-CNTR-CD`, line.revenue),
          coding('https://www.nubc.org/CodeSystem/RevenueCodes', line.revenue),
        )
      : undefined,
    productOrService: line.hcpcs ? concept(service(line.hcpcs)) : NOT_APPLICABLE,
    modifier: line.modifier ? [concept(coding(SYSTEM.hcpcs, line.modifier))] : undefined,
    ...serviced(line.start, line.end),
    locationCodeableConcept: place ? concept(coding(PLACE_OF_SERVICE, place)) : undefined,
    quantity: { value: line.units },
    adjudication: [
      amount(`${TERMS}/adjudication`, 'submitted', 'CLM_LINE_SBMT_CHRG_AMT', line.charge),
      amount(`${TERMS}/adjudication`, 'eligible', 'CLM_LINE_ALOWD_CHRG_AMT', line.allowed),
      ...owed(`${TERMS}/adjudication`, 'deductible', 'CLM_LINE_MDCR_DDCTBL_AMT', line.deductible),
      ...owed(`${CARIN}/C4BBAdjudication`, 'coinsurance', coinsurance, line.coinsurance),
      amount(`${TERMS}/adjudication`, 'benefit', 'CLM_LINE_CVRD_PD_AMT', line.paid),
      amount(`${CARIN}/C4BBAdjudication`, 'paidtoprovider', 'CLM_LINE_PRVDR_PMT_AMT', line.paid),
    ],
  };
}

const identifiers = (id: string) => [
  { type: concept(coding(`${CARIN}/C4BBIdentifierType`, 'uc', 'Unique Claim ID')), value: id },
  { system: 'https://bluebutton.cms.gov/identifiers/CLM-CNTL-NUM', value: id },
];

const tagged = (meta: JsonObject, profile: string, isFinal: boolean) => ({
  ...meta,
  profile: [`${PROFILE}/C4BB-ExplanationOfBenefit-${profile}|2.1.0`],
  tag: [
    coding(`${CMS}/System-Type`, 'NationalClaimsHistory'),
    coding(`${CMS}/Final-Action`, isFinal ? 'FinalAction' : 'NotFinalAction'),
  ],
});

/** Carrier and equipment claims say that they were paid or denied; a bill of a facility only why it was not paid. */
function decision({ type, status }: Claim): readonly JsonObject[] | undefined {
  const isDenied = status === 'denied';
  const said = (name: string, code: string) => {
    const url = `https://bluebutton.cms.gov/fhir/StructureDefinition/${name}`;
    return [extension(url, coding(url, code), 'Coding')];
  };
  if (type === 'professional') return said('CLM-CARR-PMT-DNL-CD', isDenied ? '0' : '1');
  return isDenied ? said('CLM-MDCR-NPMT-RSN-CD', 'N') : undefined;
}

/**
 * A claim as an ExplanationOfBenefit of Blue Button (CARIN 2.1). A reversed claim is cancelled and not the final action.
 */
export function claimBenefit(plan: Plan, claim: Claim, refs: References, meta: JsonObject): Resource {
  const kind = kindOf(claim);
  const contained = new Contained();
  const isReversed = claim.status === 'reversed';
  const sum = (of: (line: ClaimLine) => Cents): Cents => claim.lines.reduce((all, line) => all + of(line), 0);
  const { facility } = claim;
  const team = careTeam(claim, refs, contained);
  const parties: JsonObject = {
    patient: refs.to('Patient', plan.person.id),
    insurer: { reference: '#insurer-org' },
    provider: provider(claim, refs, contained),
    facility: facility ? refs.to('Location', facility.ccn, npiOf(facility.npi)) : undefined,
    careTeam: team.length > 0 ? team : undefined,
    insurance: [{ focal: true, coverage: coverageOn(plan, kind.part, claim.start, refs) }],
  };
  return {
    resourceType: 'ExplanationOfBenefit',
    id: claim.id,
    meta: tagged(meta, kind.profile, !isReversed),
    contained: contained.resources,
    extension: decision(claim),
    identifier: identifiers(claim.id),
    status: isReversed ? 'cancelled' : 'active',
    type: concept(coding(`${CMS}/CLM-TYPE-CD`, kind.code), coding(`${TERMS}/claim-type`, claim.type)),
    subType: kind.subType ? concept(coding(`${CARIN}/C4BBInstitutionalClaimSubType`, kind.subType)) : undefined,
    use: 'claim',
    billablePeriod: { start: iso(claim.start), end: iso(claim.end) },
    created: iso(claim.paid),
    outcome: 'complete',
    ...parties,
    supportingInfo: supportingInfo(claim, kind),
    diagnosis: diagnoses(claim),
    procedure: procedures(claim),
    item: claim.lines.map((line) => item(claim, line)),
    total: [
      amount(
        `${TERMS}/adjudication`,
        'submitted',
        'CLM_SBMT_CHRG_AMT',
        sum(({ charge }) => charge),
      ),
      amount(
        `${TERMS}/adjudication`,
        'eligible',
        'CLM_ALOWD_CHRG_AMT',
        sum(({ allowed }) => allowed),
      ),
      amount(
        `${CARIN}/C4BBAdjudication`,
        'paidtoprovider',
        'CLM_PRVDR_PMT_AMT',
        sum(({ paid }) => paid),
      ),
    ],
    payment: { date: iso(claim.paid), amount: money(sum(({ paid }) => paid)) },
  };
}

/** A fill as a Part D event. Its properties lie in another order than those of claims: no order can be relied on. */
export function fillBenefit(plan: Plan, fill: Fill, refs: References, meta: JsonObject): Resource {
  const contained = new Contained();
  const paid = fill.allowed - fill.copayment;
  const drug = concept(coding(SYSTEM.ndc, fill.ndc));
  const quantity = { value: fill.quantity };
  const counted = (value: number, unit: string): JsonObject => ({ valueQuantity: { value, unit } });
  const prescriber: Json = refs.isContained()
    ? contained.add('Practitioner', 'careteam-prescriber-practitioner-1', npi(fill.prescriber.npi))
    : refs.to('Practitioner', fill.prescriber.npi, npiOf(fill.prescriber.npi));
  return {
    billablePeriod: { start: iso(fill.day), end: iso(fill.day) },
    careTeam: [
      {
        sequence: 1,
        provider: prescriber,
        role: concept(coding(`${CARIN}/C4BBClaimCareTeamRole`, 'prescribing')),
      },
    ],
    provider: refs.isContained()
      ? contained.add('Organization', 'BILLING_ID', npi(fill.pharmacy.npi))
      : refs.to('Practitioner', fill.pharmacy.npi, npiOf(fill.pharmacy.npi)),
    contained: contained.resources,
    created: iso(fill.paid),
    id: fill.claimId,
    identifier: identifiers(fill.claimId),
    insurance: [{ focal: true, coverage: coverageOn(plan, 'd', fill.day, refs) }],
    insurer: { reference: '#insurer-org' },
    item: [
      {
        sequence: 1,
        productOrService: drug,
        servicedDate: iso(fill.day),
        quantity,
        detail: [{ sequence: 1, productOrService: drug, quantity }],
        adjudication: [
          amount(`${TERMS}/adjudication`, 'submitted', 'CLM_LINE_SBMT_CHRG_AMT', fill.charge),
          amount(`${TERMS}/adjudication`, 'eligible', 'CLM_LINE_ALOWD_CHRG_AMT', fill.allowed),
          amount(`${CARIN}/C4BBAdjudication`, 'paidbypatient', 'CLM_LINE_BENE_PMT_AMT', fill.copayment),
          amount(`${TERMS}/adjudication`, 'benefit', 'CLM_LINE_CVRD_PD_AMT', paid),
        ],
      },
    ],
    meta: tagged(meta, 'Pharmacy', true),
    outcome: 'complete',
    patient: refs.to('Patient', plan.person.id),
    payment: { date: iso(fill.paid), amount: money(paid) },
    resourceType: 'ExplanationOfBenefit',
    status: 'active',
    supportingInfo: numbered([
      carin('dayssupply', counted(fill.daysSupply, 'days')),
      carin('refillsauthorized', counted(fill.refills, 'refills')),
      cms('CLM_NCH_WKLY_PROC_DT', { timingDate: iso(fill.paid) }),
    ]),
    total: [
      amount(`${TERMS}/adjudication`, 'submitted', 'CLM_SBMT_CHRG_AMT', fill.charge),
      amount(`${TERMS}/adjudication`, 'eligible', 'CLM_ALOWD_CHRG_AMT', fill.allowed),
      amount(`${CARIN}/C4BBAdjudication`, 'paidbypatient', 'CLM_BENE_PMT_AMT', fill.copayment),
    ],
    type: concept(coding(`${CMS}/CLM-TYPE-CD`, '1'), coding(`${TERMS}/claim-type`, 'pharmacy')),
    use: 'claim',
  };
}
