import { describe, expect, it } from 'vitest';
import { everyRow } from '../../pipelines/engine/cases.ts';
import { stands } from '../support/named-case.ts';
import { casesOf, type ModelCase } from './cases-of.ts';

const enrolled = (person: string): string =>
  everyRow(
    { birth_date: '1940-06-01', payer_type: 'medicare', enrollment_start_date: '2022-01-01' },
    `person_id\n${person}`,
  );

const bills = (table: string): string =>
  everyRow({ claim_line_number: '1', claim_type: 'institutional', revenue_center_code: '0120' }, table);

/** Cases that stand nowhere else, of stays and of encounters. */
const STAYS: Readonly<Record<string, ModelCase>> = {
  'a stay without status, DRG or class is a return, and without status and DRG an index stay': {
    given: {
      'input.eligibility': enrolled('bare'),
      'input.medical_claim': bills(`
        person_id | claim_id | bill_type_code | facility_npi | claim_start_date | claim_end_date | diagnosis_code_1
        bare      | b1       | 111            | H1           | 2024-03-01       | 2024-03-05     | I509
        bare      | b2       | 111            | H2           | 2024-03-20       | 2024-03-22     | U071`),
    },
    expect: `
      person_id | discharge_date | is_index | exclusion                                  | days_to_readmission | is_unplanned_readmission_30
      bare      | 2024-03-05     | true     |                                            | 15                  | true
      bare      | 2024-03-22     | false    | principal diagnosis without a CCS category |                     | false`,
  },
  'three stays that overlap one after another are one stay': {
    given: {
      'input.eligibility': enrolled('linked'),
      'input.medical_claim': bills(`
        person_id | claim_id | bill_type_code | facility_npi | claim_start_date | claim_end_date | diagnosis_code_1
        linked    | l1       | 111            | H1           | 2024-03-01       | 2024-03-10     | I509
        linked    | l2       | 111            | H2           | 2024-03-08       | 2024-03-20     | I509
        linked    | l3       | 111            | H3           | 2024-03-18       | 2024-03-25     | I509`),
    },
    expect: `
      person_id | admit_date | discharge_date | facility_id | is_index | days_to_readmission
      linked    | 2024-03-01 | 2024-03-25     | H3          | true     |`,
  },
  'a stay that begins and ends on one day lasts no night': {
    given: {
      'input.eligibility': enrolled('brief-stay'),
      'input.medical_claim': bills(`
        person_id  | claim_id | bill_type_code | facility_npi | claim_start_date | claim_end_date | diagnosis_code_1
        brief-stay | s1       | 111            | H1           | 2024-03-01       | 2024-03-01     | I509`),
    },
    expect: `
      person_id  | discharge_date | length_of_stay
      brief-stay | 2024-03-01     | 0`,
  },
};

const ENCOUNTERS: Readonly<Record<string, ModelCase>> = {
  'a claim of another hospital that ends between two interim bills stays out of the stay': {
    given: {
      'input.medical_claim': bills(`
        person_id   | claim_id | bill_type_code | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code
        interleaved | i1       | 112            | H1           | 2024-03-01       | 2024-03-10     | 30
        interleaved | i2       | 111            | H2           | 2024-03-09       | 2024-03-15     | 01
        interleaved | i3       | 114            | H1           | 2024-03-11       | 2024-03-20     | 01`),
    },
    expect: `
      person_id   | facility_id | start_date | end_date   | claim_count
      interleaved | H1          | 2024-03-01 | 2024-03-20 | 2
      interleaved | H2          | 2024-03-09 | 2024-03-15 | 1`,
  },
};

casesOf('mart.readmission', STAYS);
casesOf('core.encounter', ENCOUNTERS);

const OWN = 'models/tuva-differences.test.ts';
const HOSPITAL_WIDE = 'readmission-30-day';
const MODEL = 'models/readmission.test.ts';
const ENCOUNTER = 'models/encounter.test.ts';

/**
 * Where we differ from the open-source package tuva-health/tuva 0.18.0, read in its SQL (commit 6be34c7 of 2026-05-13): what
 * it does, what we do and why, and the case that shows it with the place where the case stands.
 */
const DIFFERENCES: readonly (readonly [tuva: string, here: string, place: string, shownBy: string])[] = [
  [
    'no return on the day of discharge: dates that touch overlap, and one of the two stays is dropped',
    'it is a return on day 0, as in the CMS code',
    HOSPITAL_WIDE,
    'just inside: a return on the day of discharge, same hospital, for another diagnosis',
  ],
  [
    'a transfer on the same day overlaps too, so that the sending or the receiving stay is lost',
    'both are one stay, for which the last hospital answers',
    HOSPITAL_WIDE,
    'a transfer on the same day is one stay, and the last hospital answers for it',
  ],
  [
    'a transfer on the next day is an index stay with a return, unless the first discharge says 02',
    'dates tell a transfer: CMS looks at no discharge status for it',
    HOSPITAL_WIDE,
    'a transfer is told by its dates: next day at another hospital, though coded as sent home',
  ],
  [
    'a discharge with status 02 is no index stay, though no hospital admits',
    'it is one when nobody admits by the next day: only a transfer that took place moves the duty',
    HOSPITAL_WIDE,
    'two days later at another hospital is a readmission, no transfer',
  ],
  [
    'back in the same hospital on the same day for the same diagnosis drops one of the two stays',
    'they are one continuous stay to the later discharge, as in the CMS code',
    HOSPITAL_WIDE,
    'just outside: back on the day of discharge, same hospital and same diagnosis, is one continuous stay',
  ],
  [
    'of stays that overlap one is kept, and never for its length: lengths are counted backwards, so that each is 1',
    'they are merged from the first day to the last, so that no day and no diagnosis is lost',
    MODEL,
    'stays in two hospitals that overlap are one stay',
  ],
  [
    'stays that overlap are compared with their neighbours only, so that the third of a chain is a return',
    'a chain is one stay however long it is',
    OWN,
    'three stays that overlap one after another are one stay',
  ],
  [
    'the crude table calls any later stay a return within 30 days: its days are counted backwards',
    'the all-cause rate counts from discharge to admission, 0 to 30 days',
    'readmission-30-day-all-cause',
    'just outside: a return on day 31',
  ],
  [
    'index stays at any age',
    'from 65 years at admission, as CMS defines the measure; adults of all payers are a metric of their own',
    HOSPITAL_WIDE,
    'just outside: admitted the day before the 65th birthday',
  ],
  [
    'index stays without a look at enrollment before admission',
    '12 months of Part A in fee for service, as CMS: whoever is not seen has no history',
    HOSPITAL_WIDE,
    'excluded: joined Medicare less than 12 months before admission',
  ],
  [
    'no look at enrollment after discharge',
    '30 days of Part A or death: a return that nobody would bill is not seen',
    HOSPITAL_WIDE,
    'excluded: a gap in enrollment inside the 30 days after discharge',
  ],
  [
    'cancer hospitals outside prospective payment have index stays',
    'they have none, as CMS',
    HOSPITAL_WIDE,
    'excluded: a cancer hospital outside prospective payment',
  ],
  [
    'every principal diagnosis of cancer is left out',
    'cancer that was operated on stays in, as CMS: only medical treatment is left out',
    HOSPITAL_WIDE,
    'cancer that was operated on stays an index stay',
  ],
  [
    'follow-up is complete 30 days before the last discharge in the data, of whatever payer or source',
    'it is complete 30 days before the day to which data are delivered',
    HOSPITAL_WIDE,
    'just inside: discharged 30 days before the data end',
  ],
  [
    'status 30, still a patient, is a discharge that can be followed',
    'nobody has left, so there is nothing to follow',
    HOSPITAL_WIDE,
    'excluded: the last interim bill says that the person is still in hospital',
  ],
  [
    'a stay without a valid status, DRG or class is dropped as index and as return, which pairs its neighbours',
    'each rule takes away no more than it must: such a stay is still a return',
    OWN,
    'a stay without status, DRG or class is a return, and without status and DRG an index stay',
  ],
  [
    'a stay that only the hospital’s own record tells of is dropped where it has no DRG',
    'it counts: hospitals tell of it before any claim does',
    HOSPITAL_WIDE,
    'a return that only the hospital’s own record tells of counts',
  ],
  [
    'the next stay decides even when it is for rehabilitation',
    'it is passed over, as in the CMS code: rehabilitation is care after the stay',
    HOSPITAL_WIDE,
    'a stay for rehabilitation in between is passed over',
  ],
  [
    'a psychiatric stay right after a discharge to psychiatric care is a return',
    'it is none, as in the CMS code: the person was sent there',
    HOSPITAL_WIDE,
    'sent on to psychiatric care (status 65): the psychiatric stay of the next day does not count',
  ],
  [
    'a code that is newer than the map of 2021 has no category, and its stay is dropped',
    'it follows the family that it begins like, and a log names it',
    MODEL,
    'tells of every code of a stay how it came by its CCS category: by the published map, by its family, or not at all',
  ],
  [
    'a stay without a category belongs to the cohort of medicine',
    'it has no cohort, as CMS: medicine is a list of categories',
    MODEL,
    'a principal diagnosis without a CCS category makes no index stay, and has no cohort',
  ],
  [
    'surgery is told by procedure codes alone',
    'a stay without any is surgical when its MS-DRG is: many extracts have no procedures',
    MODEL,
    'psychiatric, rehabilitation and cancer stays and unknown diagnoses are no index stays; surgery for cancer is',
  ],
  [
    'a crude rate only',
    'each index stay has the chance that an internal model expects, which adds up to the returns that were',
    'models/readmission-risk.test.ts',
    'adds up to the returns that were, in each model',
  ],
  [
    'a stay that begins and ends on one day lasts one day',
    'it lasts no night: length is end minus start',
    OWN,
    'a stay that begins and ends on one day lasts no night',
  ],
  [
    'a claim of another hospital that ends between two claims that merge is swept into their stay',
    'claims are merged within one hospital only',
    OWN,
    'a claim of another hospital that ends between two interim bills stays out of the stay',
  ],
  [
    'claims without a facility never merge: an unknown is unlike an unknown',
    'interim bills of one stay follow on, whether or not they name the hospital',
    ENCOUNTER,
    'bills without a facility merge with one another',
  ],
  [
    'an interim bill is told by status 30 alone',
    'without a status the bill type tells it',
    ENCOUNTER,
    'a bill without a status is interim by its bill type',
  ],
  [
    'the taxonomy of the NPI tells psychiatric and rehabilitation hospitals, which are acute where it is not known',
    'the certification number tells them, else the ward',
    ENCOUNTER,
    'the certification number tells the kind of stay',
  ],
  [
    'a swing bed is an acute stay',
    'it is nursing care: nobody is readmitted to it',
    ENCOUNTER,
    'a swing bed after a stay in the same hospital is nursing care',
  ],
  [
    'identifiers of encounters number the rows of one build',
    'they are made of person, kind, hospital, day and ordinal, and stay the same in any order of claims',
    MODEL,
    'gives the same stays with the same ids, whatever the order of the claims',
  ],
  [
    'an emergency visit belongs to the likeliest class of the NYU algorithm',
    'its probabilities are added: half of a visit can be avoidable',
    'avoidable-emergency-visits-per-1000',
    'a visit counts by the probabilities of its diagnosis, and the parts add up',
  ],
  [
    'spending in a month without enrollment, or under another plan, is dropped without a word',
    'it is kept in rows of its own, with its reason',
    'total-cost-per-member-per-month',
    'excluded: dollars in a month without coverage are kept with their reason',
  ],
  [
    'a person with two payers is two member months',
    'time is the person’s: two payers at once are one month',
    'acute-admissions-per-1000',
    'two payers at once are one member-month',
  ],
];

describe('unlike Tuva 0.18', () => {
  it.each(DIFFERENCES)('there: %s. Here: %s. Shown in %s: "%s"', async (_tuva, _here, place, name) => {
    expect(await stands(place, name)).toBe(true);
  });

  it('names each difference once', () => {
    const all = DIFFERENCES.map(([tuva]) => tuva);
    expect(new Set(all).size).toBe(all.length);
  });
});
