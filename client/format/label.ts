/** Our own short names for coded values that no dimension labels. */
const encounters: Readonly<Record<string, string>> = {
  'acute inpatient': 'Hospital',
  'inpatient psychiatric': 'Psychiatric hospital',
  'inpatient rehabilitation': 'Rehabilitation',
  'long term care hospital': 'Long-term hospital',
  'skilled nursing': 'Nursing facility',
  'home health': 'Home health',
  hospice: 'Hospice',
  'emergency department': 'Emergency',
  observation: 'Observation',
  outpatient: 'Hospital outpatient',
  'office visit': 'Office',
  telehealth: 'Video and phone',
  'urgent care': 'Urgent care',
  'ambulatory surgery': 'Day surgery',
  dialysis: 'Dialysis',
  other: 'Other',
  medication: 'Medicines',
  immunization: 'Vaccines',
};

/** An encounter type or a lane of the timeline: "acute inpatient" -> "Hospital". */
export const encounterLabel = (type: string): string => encounters[type] ?? type;

const discharges: Readonly<Record<string, string>> = {
  '01': 'Home',
  '02': 'Another hospital',
  '03': 'Nursing facility',
  '04': 'Custodial care',
  '05': 'Cancer or children’s hospital',
  '06': 'Home health',
  '07': 'Left against advice',
  '20': 'Died',
  '21': 'Law enforcement',
  '30': 'Still a patient',
  '43': 'Federal hospital',
  '50': 'Hospice at home',
  '51': 'Hospice facility',
  '61': 'Swing bed',
  '62': 'Rehabilitation',
  '63': 'Long-term hospital',
  '64': 'Medicaid nursing facility',
  '65': 'Psychiatric hospital',
  '66': 'Critical access hospital',
  '70': 'Another institution',
};

/** Where a patient went, by two-digit discharge status: "03" -> "Nursing facility". */
export const dischargeLabel = (code: string): string => discharges[code] ?? `Code ${code}`;

/** A diagnosis code as clinicians write it: "I509" -> "I50.9"; other code systems as they are. */
export const diagnosisLabel = (code: string): string =>
  /^[A-Z]\w{3,}$/.test(code) ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
