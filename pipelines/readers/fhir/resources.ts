import type { DocumentRecord } from '../document.ts';
import { BrokenJson, JsonCursor } from '../json.ts';
import type { Inspected } from '../shape.ts';

/** Every type of resource of FHIR R4 (4.0.1, HL7), and what STU3 and R5 have beside them. */
const TYPES = new Set(
  `Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
  BiologicallyDerivedProduct BodyStructure CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
  ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
  CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
  CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
  DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
  EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
  FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
  ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
  Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
  MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
  MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction
  MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect
  MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition
  OperationDefinition Organization OrganizationAffiliation Parameters Patient PaymentNotice
  PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire
  QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy
  ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen
  SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer
  SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery
  SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult VisionPrescription
  BodySite DataElement DeviceComponent EligibilityRequest EligibilityResponse ExpansionProfile ImagingManifest
  ProcedureRequest ProcessRequest ProcessResponse ReferralRequest Sequence ServiceDefinition
  ActorDefinition AdministrableProductDefinition ArtifactAssessment Citation ClinicalUseDefinition ConditionDefinition
  DeviceAssociation DeviceDispense DeviceUsage EncounterHistory EvidenceReport FormularyItem GenomicStudy ImagingSelection
  Ingredient InventoryItem InventoryReport ManufacturedItemDefinition MedicinalProductDefinition NutritionIntake
  NutritionProduct PackagedProductDefinition Permission RegulatedAuthorization RequestOrchestration Requirements
  SubscriptionStatus SubscriptionTopic SubstanceDefinition TestPlan Transport`.split(/\s+/),
);

/** A plain amount that survives as a double, which is how parsers hold a JSON number. */
const DOLLARS = /^-?\d{1,13}(\.\d{1,2}0*)?$/;
const NOWHERE = { from: 0, to: 0 };

const cursor = new JsonCursor();

/**
 * Looks at one resource: whether it can be read by every parser alike, what it says it is, and where an
 * ExplanationOfBenefit holds the amount of its payment.
 */
export function inspect(bytes: Buffer, start: number, end: number): Inspected {
  const found = { type: undefined as string | undefined, ...NOWHERE };
  cursor.moveTo(bytes, start, end);
  try {
    if (!cursor.isObject) {
      cursor.skip();
      return { defect: cursor.isDone ? 'J04' : 'J03', ...NOWHERE };
    }
    cursor.members((name) => {
      if (name === 'resourceType' && cursor.isString) found.type = cursor.text();
      else if (name === 'payment' && cursor.isObject) paymentAt(found);
      else cursor.skip();
    });
    if (!cursor.isDone) return { defect: 'J03', ...NOWHERE };
  } catch (cause) {
    if (cause instanceof BrokenJson) return { defect: 'J03', ...NOWHERE };
    throw cause;
  }
  const defect = cursor.defect ?? misnamed(found.type);
  if (defect || found.type !== 'ExplanationOfBenefit' || found.to === found.from) return { defect, ...NOWHERE };
  const dollars = bytes.toString('latin1', found.from, found.to).replace(/^"(.*)"$/, '$1');
  if (dollars === 'null') return { defect, ...NOWHERE };
  return { defect: DOLLARS.test(dollars) ? undefined : 'T04', from: found.from, to: found.to };
}

function paymentAt(found: { from: number; to: number }): void {
  cursor.members((name) => {
    if (name !== 'amount' || !cursor.isObject) return cursor.skip();
    cursor.members((part) => {
      cursor.peek();
      const from = cursor.at;
      cursor.skip();
      if (part === 'value') Object.assign(found, { from, to: cursor.at });
    });
  });
}

function misnamed(type: string | undefined): Inspected['defect'] {
  if (type === undefined) return 'H01';
  if (type === 'OperationOutcome') return 'H03';
  if (type === 'Bundle') return 'H05';
  return TYPES.has(type) ? undefined : 'H02';
}

/**
 * How a file of resources is laid out, as far as its beginning tells: a resource a line, or one document. Undefined for
 * what is neither.
 */
export function layoutOf(text: string, isWhole: boolean): 'lines' | 'document' | undefined {
  const begin = text.replace(/^\ufeff/, '').trimStart();
  if (begin.startsWith('[')) return RESOURCE.test(begin) ? 'document' : undefined;
  const lines = begin.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const complete = isWhole ? lines : lines.slice(0, -1);
  const [only] = lines;
  if (only !== undefined && lines.length === 1) {
    if (!begin.startsWith('{') || !RESOURCE.test(begin)) return undefined;
    return isBundle(only) ? 'document' : 'lines';
  }
  if (complete.some((line) => /^[{[]/.test(line) && typeOf(line) !== undefined)) return 'lines';
  return begin.startsWith('{') && RESOURCE.test(begin) ? 'document' : undefined;
}

const RESOURCE = /"resourceType"\s*:\s*"[A-Za-z]/;

/** What a whole line says that it is. */
function typeOf(line: string): string | undefined {
  const bytes = Buffer.from(line);
  let type: string | undefined;
  try {
    const walk = new JsonCursor().moveTo(bytes);
    walk.members((name) => {
      if (name === 'resourceType' && walk.isString) type = walk.text();
      else walk.skip();
    });
    return walk.isDone ? type : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a resource, of which the text may be the beginning only, is a bundle: the only type that has entries. */
function isBundle(text: string): boolean {
  const walk = new JsonCursor().moveTo(Buffer.from(text));
  let hasEntries = false;
  try {
    walk.members((name) => {
      if (name === 'entry') hasEntries = true;
      if (name === 'resourceType' && walk.isString) hasEntries ||= walk.text() === 'Bundle';
      else walk.skip();
    });
  } catch {}
  return hasEntries;
}

/** The resources of a document: of a bundle its entries, of an array its elements, else the one that it is. */
export function resourcesOf(document: JsonCursor): readonly DocumentRecord[] {
  const records: DocumentRecord[] = [];
  if (document.isArray) {
    document.elements(() => records.push({ bytes: document.value() }));
    return records;
  }
  document.peek();
  const from = document.at;
  let isBundle = false;
  document.members((name) => {
    if (name === 'resourceType' && document.isString) isBundle = document.text() === 'Bundle';
    else if (name === 'entry' && document.isArray) document.elements(() => records.push(entryOf(document)));
    else document.skip();
  });
  return isBundle ? records : [{ bytes: document.bytes.subarray(from, document.at) }];
}

function entryOf(document: JsonCursor): DocumentRecord {
  document.peek();
  const from = document.at;
  let resource: Buffer | undefined;
  let url: string | undefined;
  if (document.isObject) {
    document.members((name) => {
      if (name === 'resource' && document.isObject) resource = document.value();
      else if (name === 'fullUrl' && document.isString) url = document.text();
      else document.skip();
    });
  } else {
    document.skip();
  }
  if (!resource) return { bytes: document.bytes.subarray(from, document.at), defect: 'H04' };
  return { bytes: url === undefined || !isName(url, resource) ? resource : named(url, resource) };
}

/** Whether the address of an entry tells more than its resource: a URN, or a resource without an id. */
function isName(url: string, resource: Buffer): boolean {
  const names: string[] = [];
  const walk = new JsonCursor().moveTo(resource);
  walk.members((name) => {
    names.push(name);
    walk.skip();
  });
  return names.length > 0 && (url.startsWith('urn:') || !names.includes('id'));
}

/** The resource with the address of its entry as its first member. */
const named = (url: string, resource: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`{"fullUrl":${JSON.stringify(url)},`), resource.subarray(1)]);
