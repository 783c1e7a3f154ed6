/** A structure as DuckDB's from_json takes it: what it names is read, everything else is passed over. */
export type Structure = string | readonly [Structure] | { readonly [name: string]: Structure };

const text = 'VARCHAR';
/** A code of a claim: the words beside it are not read, nor its system where the place tells it. */
const plain = { coding: [{ system: text, code: text }] } as const;
const bare = { coding: [{ code: text }] } as const;
const coding = { system: text, code: text, display: text };
const concept = { coding: [coding], text } as const;
const identifier = { system: text, value: text, type: concept };
const reference = { reference: text, type: text, identifier: { system: text, value: text }, display: text };
/** What a claim says of others: who it is, and no words. */
const designation = { system: text, value: text, type: bare };
const mention = { reference: text, identifier: { system: text, value: text } };
const period = { start: text, end: text };
const quantity = { value: text, unit: text, code: text };
const amount = { value: text };
const extension = {
  url: text,
  valueCode: text,
  valueBoolean: text,
  valueString: text,
  valueDate: text,
  valueDateTime: text,
  valueCoding: coding,
  valueCodeableConcept: concept,
  valueIdentifier: { value: text },
  valueMoney: amount,
};
/** An extension of Blue Button: one variable of the Medicare claim, named by the end of its address. */
const variable = { url: text, valueCoding: { code: text }, valueIdentifier: { value: text } };
const name = { use: text, family: text, given: [text], text } as const;
const address = { use: text, line: [text], city: text, district: text, state: text, postalCode: text } as const;
const medication = {
  medicationCodeableConcept: concept,
  medicationReference: reference,
  contained: [{ id: text, code: concept }],
} as const;
const value = {
  valueQuantity: quantity,
  valueCodeableConcept: concept,
  valueString: text,
  valueBoolean: text,
  valueInteger: text,
  valueDateTime: text,
  dataAbsentReason: concept,
  interpretation: [concept],
} as const;
const information = {
  category: bare,
  code: plain,
  timingDate: text,
  timingPeriod: period,
  valueQuantity: amount,
};
const adjudication = { category: plain, reason: bare, amount };
const admission = { admitSource: concept, dischargeDisposition: concept };
const negation = { meta: { profile: [text] }, extension: [extension], modifierExtension: [extension] } as const;
const request = {
  status: text,
  intent: text,
  doNotPerform: text,
  statusReason: concept,
  reasonCode: [concept],
  encounter: reference,
  authoredOn: text,
  requester: reference,
  ...negation,
} as const;

/** What every resource lands with beside its text. */
export const envelope = {
  resourceType: text,
  id: text,
  fullUrl: text,
  meta: { lastUpdated: text, versionId: text },
  subject: reference,
  patient: reference,
  beneficiary: reference,
  for: reference,
  participant: [{ actor: reference }],
  contained: [{ resourceType: text, id: text, identifier: [identifier] }],
  payment: { amount },
} as const satisfies Structure;

/** The lines of an ExplanationOfBenefit: they are read apart from its header. */
export const itemStructure: Readonly<Record<string, Structure>> = {
  item: [
    {
      sequence: text,
      careTeamSequence: [text],
      careTeamLinkId: [text],
      revenue: plain,
      productOrService: plain,
      service: plain,
      modifier: [bare],
      servicedDate: text,
      servicedPeriod: period,
      locationCodeableConcept: bare,
      quantity: { value: text, extension: [{ url: text, valueQuantity: amount }] },
      adjudication: [adjudication],
      detail: [{ productOrService: plain }],
      extension: [variable],
    },
  ],
};

/** The conditions that an Encounter names, and the code of a Condition: what one needs of the other. */
export const diagnosisStructure: Readonly<Record<string, Structure>> = {
  diagnosis: [{ condition: reference, rank: text, extension: [extension] }],
};
export const codeStructure: Readonly<Record<string, Structure>> = { code: concept };

/** Type of resource that is used -> what is read of it (FHIR R4; of claims and coverage also STU3, as Blue Button 1 has them). */
export const structures: Readonly<Record<string, Readonly<Record<string, Structure>>>> = {
  Patient: {
    identifier: [identifier],
    name: [name],
    gender: text,
    birthDate: text,
    deceasedBoolean: text,
    deceasedDateTime: text,
    address: [address],
    communication: [{ language: concept, preferred: text }],
    extension: [{ ...extension, extension: [extension] }],
  },
  Coverage: {
    status: text,
    type: concept,
    subscriberId: text,
    period,
    payor: [reference],
    contained: [{ id: text, name: text }],
    class: [{ type: concept, value: text }],
    grouping: { subGroup: text, subPlan: text },
    extension: [extension],
  },
  ExplanationOfBenefit: {
    meta: { tag: [{ code: text }] },
    identifier: [designation],
    status: text,
    type: plain,
    use: text,
    outcome: text,
    billablePeriod: period,
    insurance: 'JSON',
    provider: mention,
    organization: mention,
    facility: { ...mention, extension: [variable] },
    contained: [{ id: text, identifier: [designation] }],
    related: [{ claim: { reference: text }, relationship: bare }],
    careTeam: [{ sequence: text, provider: mention, role: bare, qualification: plain }],
    diagnosis: [
      { sequence: text, diagnosisCodeableConcept: plain, type: [bare], onAdmission: bare, packageCode: bare },
    ],
    procedure: [{ sequence: text, date: text, procedureCodeableConcept: plain }],
    supportingInfo: [information],
    information: [information],
    hospitalization: period,
    payment: { date: text, amount },
    extension: [variable],
  },
  Encounter: {
    status: text,
    class: coding,
    type: [concept],
    priority: concept,
    participant: [{ type: [concept], individual: reference }],
    period,
    reasonCode: [concept],
    appointment: [reference],
    hospitalization: admission,
    location: [{ location: reference }],
    serviceProvider: reference,
  },
  Condition: {
    clinicalStatus: concept,
    verificationStatus: concept,
    category: [concept],
    code: concept,
    bodySite: [concept],
    encounter: reference,
    onsetDateTime: text,
    onsetPeriod: period,
    abatementDateTime: text,
    abatementPeriod: period,
    recordedDate: text,
  },
  Observation: {
    status: text,
    category: [concept],
    code: concept,
    encounter: reference,
    effectiveDateTime: text,
    effectivePeriod: period,
    effectiveInstant: text,
    issued: text,
    ...value,
    component: [{ code: concept, ...value }],
    ...negation,
  },
  Procedure: {
    status: text,
    statusReason: concept,
    code: concept,
    encounter: reference,
    performedDateTime: text,
    performedPeriod: period,
    performer: [{ actor: reference }],
    ...negation,
  },
  MedicationRequest: {
    ...request,
    ...medication,
    dispenseRequest: {
      quantity,
      expectedSupplyDuration: quantity,
      numberOfRepeatsAllowed: text,
      validityPeriod: period,
    },
    dosageInstruction: [
      {
        timing: {
          repeat: {
            boundsPeriod: period,
            frequency: text,
            frequencyMax: text,
            period: text,
            periodUnit: text,
            timeOfDay: [text],
          },
        },
        doseAndRate: [{ doseQuantity: amount, doseRange: { high: amount } }],
      },
    ],
  },
  MedicationDispense: {
    status: text,
    statusReasonCodeableConcept: concept,
    ...medication,
    context: reference,
    performer: [{ actor: reference }],
    whenHandedOver: text,
    whenPrepared: text,
    quantity,
    daysSupply: quantity,
    ...negation,
  },
  MedicationAdministration: {
    status: text,
    statusReason: [concept],
    ...medication,
    context: reference,
    performer: [{ actor: reference }],
    effectiveDateTime: text,
    effectivePeriod: period,
    ...negation,
  },
  MedicationStatement: {
    status: text,
    statusReason: [concept],
    ...medication,
    context: reference,
    effectiveDateTime: text,
    effectivePeriod: period,
    dateAsserted: text,
    ...negation,
  },
  Medication: { code: concept },
  Immunization: {
    status: text,
    statusReason: concept,
    vaccineCode: concept,
    encounter: reference,
    occurrenceDateTime: text,
    location: reference,
    performer: [{ actor: reference }],
  },
  AllergyIntolerance: {
    clinicalStatus: concept,
    verificationStatus: concept,
    type: text,
    category: [text],
    code: concept,
    encounter: reference,
    onsetDateTime: text,
    onsetPeriod: period,
    recordedDate: text,
    reaction: [{ manifestation: [concept], severity: text }],
  },
  AdverseEvent: { actuality: text, event: concept, encounter: reference, date: text, recordedDate: text },
  ServiceRequest: { ...request, code: concept, occurrenceDateTime: text, occurrencePeriod: period },
  DeviceRequest: { ...request, codeCodeableConcept: concept, occurrenceDateTime: text, occurrencePeriod: period },
  CarePlan: {
    status: text,
    category: [concept],
    title: text,
    encounter: reference,
    period,
    created: text,
  },
  Task: {
    status: text,
    statusReason: concept,
    intent: text,
    code: concept,
    focus: reference,
    encounter: reference,
    authoredOn: text,
    executionPeriod: period,
    ...negation,
  },
  Communication: {
    status: text,
    statusReason: concept,
    category: [concept],
    topic: concept,
    reasonCode: [concept],
    encounter: reference,
    sent: text,
    received: text,
    ...negation,
  },
  Appointment: {
    status: text,
    cancelationReason: concept,
    appointmentType: concept,
    serviceType: [concept],
    reasonCode: [concept],
    start: text,
    end: text,
    minutesDuration: text,
    participant: [{ actor: reference }],
  },
  Practitioner: { identifier: [identifier], name: [name] },
  PractitionerRole: { practitioner: reference, organization: reference, specialty: [concept], code: [concept] },
  Organization: { identifier: [identifier], name: text, type: [concept], address: [address], partOf: reference },
  Location: {
    identifier: [identifier],
    name: text,
    description: text,
    type: [concept],
    address,
    managingOrganization: reference,
  },
};
