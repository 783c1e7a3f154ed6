import { Topic } from '#contract/metric';
import { sentence } from './noun.ts';

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

/** A kind of input: "lab_result" -> "Lab result". */
export const kindLabel = (kind: string): string => sentence(kind.replaceAll('_', ' '));

/** A source of input, as its files name it: "ehr" -> "EHR". */
export const sourceLabel = (source: string): string => (source === 'ehr' ? 'EHR' : sentence(source));

/** A diagnosis code as clinicians write it: "I509" -> "I50.9"; other code systems as they are. */
export const diagnosisLabel = (code: string): string =>
  /^[A-Z]\w{3,}$/.test(code) ? `${code.slice(0, 3)}.${code.slice(3)}` : code;

const topics: Readonly<Record<Topic, string>> = {
  cost: 'Spending',
  hospital: 'Hospital',
  emergency: 'Emergency department',
  preventable: 'Preventable admissions',
  discharge: 'After discharge',
  'post-acute': 'Nursing, home health and hospice',
  office: 'Office and telehealth',
  imaging: 'Imaging',
  'low-value': 'Low-value care',
  quality: 'Quality of care',
  other: 'Other',
};

export const topicLabel = (topic: Topic): string => topics[topic];

/** In the order of the topics; within a topic as they come. */
export const byTopic = <About extends { readonly topic: Topic }>(all: readonly About[]): About[] =>
  Topic.options.flatMap((topic) => all.filter((one) => one.topic === topic));
