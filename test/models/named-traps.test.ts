import { describe, expect, it } from 'vitest';
import { stands } from '../support/named-case.ts';

const MEASURE = 'readmission-30-day';
const STAYS = 'models/readmission.test.ts';
const SAMPLE = '../sample-data/traps.ts';
const OBSERVED = 'readmission-30-day-with-observation';

type Shown = readonly [what: string, place: string, name: string];

/** What product people fear that a readmission or a gap is told wrong by, and the case that shows what becomes of it. */
const TRAPS: readonly Shown[] = [
  [
    'same-day transfer between hospitals',
    MEASURE,
    'a transfer on the same day is one stay, and the last hospital answers for it',
  ],
  [
    'transfer, then home, then readmitted',
    MEASURE,
    'transferred, then home, then back: one index stay with one readmission, counted from the last discharge',
  ],
  [
    'planned: chemotherapy',
    MEASURE,
    'a return for maintenance chemotherapy is planned and does not count; as an index stay it is excluded',
  ],
  ['planned: rehabilitation', STAYS, 'rehabilitation is planned and never an index stay'],
  ['left against medical advice', MEASURE, 'excluded: left against medical advice'],
  [
    'died in the index stay',
    MEASURE,
    'excluded: died in hospital, but the stay counts as the readmission of the one before',
  ],
  [
    'readmitted on day 0',
    MEASURE,
    'just inside: a return on the day of discharge, same hospital, for another diagnosis',
  ],
  ['readmitted on day 30', MEASURE, 'just inside: a return on day 30'],
  ['readmitted on day 31', MEASURE, 'just outside: a return on day 31'],
  [
    'index stay within 30 days of the data end',
    MEASURE,
    'just outside: discharged 29 days before the data end; a return already seen does not count either',
  ],
  ['enrollment gap within the 30 days', MEASURE, 'excluded: a gap in enrollment inside the 30 days after discharge'],
  ['two claims, one stay', MEASURE, 'interim bills are one stay'],
  [
    'a claim and a hospital record of one stay',
    MEASURE,
    'a claim and the hospital’s own record of one stay are one stay',
  ],
  [
    'observation, then inpatient',
    MEASURE,
    'observation that became an admission is one stay, and one readmission of the stay before',
  ],
  [
    'psychiatric, rehabilitation and cancer stays',
    MEASURE,
    'excluded: psychiatric, rehabilitation and medical cancer stays by principal diagnosis',
  ],
  [
    'swing bed',
    MEASURE,
    'a nursing facility or swing bed after the hospital is no readmission, and the hospital after it is',
  ],
  ['two records of one person', SAMPLE, 'two EHR records of one person are one person'],
  [
    'one number on two people',
    'models/linking.test.ts',
    'with one identifier that contradict each other in sex, birth date or name are listed for review, and not joined',
  ],
  ['a Medicare number that changes', 'readers/cclf.crosswalk.test.ts', 'is followed to the end of every chain'],
  ['a reversed claim', MEASURE, 'a denied or reversed claim is no stay'],
  [
    'an adjusted claim',
    'readers/cclf.final-action.test.ts',
    'a cancellation goes with the claim that it cancels; the adjustment issued with it stays',
  ],
  ['a gap with no record at all', 'cms125', 'a woman of whom there is no record at all stays on the list'],
  ['A1c in mg/dL', 'cms122', 'only a percentage is a value: not mg/dL, not mmol/mol, not a fraction, not words'],
  ['aged out within the year', SAMPLE, 'a woman who turns 75 within the year has left the population'],
  ['hospice within the year', SAMPLE, 'hospice care in the middle of the year leaves a person out of the whole year'],
  ['cells of 0, 1, 10 and 11', 'disclosure/suppress.test.ts', 'counts of 1 to 10 are hidden and 0 is not'],
  ['totals that give a cell away', 'disclosure/suppress.test.ts', 'recovers no small cell of a table with its total'],
  [
    'months without an event on the p-chart',
    'client/statistics.test.ts',
    'months without any event have limits at zero and break no rule',
  ],
  ['months that are all alike', 'client/statistics.test.ts', 'equal months break no rule'],
  [
    'a unit of fewer than 11 among deciles',
    'client/deciles.test.ts',
    'a practice with 10 stays is left out, one with 11 counts',
  ],
  [
    'claims for substance use that are not there',
    'readers/caveats.test.ts',
    'claims from CCLF lack care for substance use, enrolment does not',
  ],
];

/** What the published readmission measures say, line by line. */
const RULES: readonly Shown[] = [
  [
    'a code newer than the CCS maps inherits',
    STAYS,
    'a code newer than the CCS map follows the family that it begins like, as index stay and as procedure',
  ],
  [
    'and a log names it',
    STAYS,
    'tells of every code of a stay how it came by its CCS category: by the published map, by its family, or not at all',
  ],
  [
    'always planned: bone marrow and organ transplants',
    STAYS,
    'bone marrow and other organ transplants are planned whatever the diagnosis',
  ],
  ['always planned: kidney transplant', MEASURE, 'a return for a kidney transplant is planned'],
  [
    'always planned: maintenance chemotherapy',
    MEASURE,
    'a return for maintenance chemotherapy is planned and does not count; as an index stay it is excluded',
  ],
  ['always planned: rehabilitation', STAYS, 'rehabilitation is planned and never an index stay'],
  [
    'planned by procedure unless the diagnosis is acute',
    MEASURE,
    'a return for a knee replacement is planned; with an acute reason for it, it is not',
  ],
  ['all payers: childbirth is planned', 'readmission-30-day-all-payer', 'a return for a delivery is planned'],
  [
    'short-term acute hospitals',
    STAYS,
    'the series of a certification number tells short-term acute and critical access hospitals, though its end is masked',
  ],
  ['critical access hospitals', MEASURE, 'a critical access hospital is a short-term hospital'],
  ['65 years at admission', MEASURE, 'just inside: admitted on the 65th birthday'],
  ['and not a day less', MEASURE, 'just outside: admitted the day before the 65th birthday'],
  ['Part A for 12 months before', MEASURE, 'excluded: joined Medicare less than 12 months before admission'],
  ['no Medicare Advantage', MEASURE, 'excluded: in Medicare Advantage'],
  ['Part A for 30 days after', MEASURE, 'excluded: a gap in enrollment inside the 30 days after discharge'],
  ['or died in them', MEASURE, 'who dies at home within 30 days stays in the denominator'],
  ['discharged alive', MEASURE, 'excluded: died in hospital, but the stay counts as the readmission of the one before'],
  ['not against medical advice', MEASURE, 'excluded: left against medical advice'],
  ['not transferred out', STAYS, 'a transfer on the day of discharge is one stay'],
  [
    'no exempt cancer hospital',
    STAYS,
    'each of the eleven cancer hospitals outside prospective payment has no index stay, its neighbour by number has',
  ],
  [
    'no psychiatric, rehabilitation or medical cancer stay',
    MEASURE,
    'excluded: psychiatric, rehabilitation and medical cancer stays by principal diagnosis',
  ],
  ['cancer with surgery stays in', MEASURE, 'cancer that was operated on stays an index stay'],
  [
    'psychiatry and rehabilitation win over surgery',
    STAYS,
    'a psychiatric or rehabilitation diagnosis wins over surgery',
  ],
  [
    'no principal diagnosis without CCS',
    STAYS,
    'a principal diagnosis without a CCS category makes no index stay, and has no cohort',
  ],
  [
    'a transfer is told by dates',
    MEASURE,
    'a transfer is told by its dates: next day at another hospital, though coded as sent home',
  ],
  ['status 02 plays no part', MEASURE, 'two days later at another hospital is a readmission, no transfer'],
  ['only the last of a chain is an index stay', MEASURE, 'a chain of three hospitals is one stay'],
  [
    'the same hospital on the next day is a readmission',
    MEASURE,
    'back the next day at the same hospital is a readmission on day 1',
  ],
  [
    'COVID-19 is a switch',
    STAYS,
    'counts stays for COVID-19 where that is chosen, and no other stay without a category',
  ],
  [
    'the same hospital, day and diagnosis is one stay',
    MEASURE,
    'just outside: back on the day of discharge, same hospital and same diagnosis, is one continuous stay',
  ],
  [
    'of which the later discharge and status hold',
    STAYS,
    'back in the same hospital on the day of discharge for the same diagnosis is one stay',
  ],
  [
    'the same day for another diagnosis is day 0',
    MEASURE,
    'just inside: a return on the day of discharge, same hospital, for another diagnosis',
  ],
  [
    'only the first return counts',
    MEASURE,
    'only the first of two returns within the window counts, and it is an index stay for the second',
  ],
  [
    'a planned first return hides later ones',
    MEASURE,
    'when the first return is planned, a later unplanned one in the window does not count',
  ],
  [
    'a readmission can be an index stay',
    MEASURE,
    'in numerator: an unplanned return to the hospital; the return is an index stay of its own',
  ],
  ['rehabilitation is no return', MEASURE, 'a stay for rehabilitation in between is passed over'],
  [
    'nor psychiatric care on the day after status 65',
    MEASURE,
    'sent on to psychiatric care (status 65): the psychiatric stay of the next day does not count',
  ],
  ['but two days after it', STAYS, 'a psychiatric stay two days after a discharge to psychiatric care is a return'],
  ['and after any other status', STAYS, 'a psychiatric stay the day after a discharge to anywhere else is a return'],
  [
    'other kinds of hospital are no returns',
    MEASURE,
    'psychiatric, rehabilitation and long-term hospitals make neither index stays nor readmissions',
  ],
  [
    'nor is a nursing facility',
    MEASURE,
    'a nursing facility or swing bed after the hospital is no readmission, and the hospital after it is',
  ],
  ['nor observation', MEASURE, 'an emergency visit or an observation stay after discharge is no readmission'],
  [
    'surgery tells the cohort first',
    STAYS,
    'psychiatric, rehabilitation and cancer stays and unknown diagnoses are no index stays; surgery for cancer is',
  ],
  ['then the principal diagnosis', STAYS, 'the principal diagnosis tells the cohort'],
  [
    'observed to expected by an own model',
    'models/readmission-risk.test.ts',
    'adds up to the returns that were, in each model',
  ],
  ['with observation: it is an index stay', OBSERVED, 'an observation stay is an index stay'],
  ['with observation: and a return', OBSERVED, 'in numerator: back under observation'],
  [
    'with observation: covered for 12 months before and 30 days after',
    OBSERVED,
    'just inside: covered, by one payer after another, from 12 months before admission to day 30',
  ],
  ['with observation: no stay within one day', OBSERVED, 'excluded: admitted and discharged on one day'],
  ['with observation: no death', OBSERVED, 'excluded: died in hospital'],
  ['with observation: no childbirth', OBSERVED, 'excluded: childbirth, which is no return either'],
  [
    'with observation: a planned first return takes the index stay away',
    OBSERVED,
    'excluded: the first return was planned, whatever follows',
  ],
  [
    'with observation: up to a day apart is one stay',
    OBSERVED,
    'just outside: back the next day, at whichever hospital, is the same stay',
  ],
  [
    'with observation: two days apart are two',
    OBSERVED,
    'just inside: back two days later at the same hospital is a return',
  ],
  [
    'an ICD-9-CM stay is judged by its own categories',
    STAYS,
    'a stay in ICD-9-CM has the cohort or the exclusion of its CCS category',
  ],
];

describe('a case by name shows', () => {
  it.each([...TRAPS, ...RULES])('%s, in %s: "%s"', async (_, place, name) => {
    expect(await stands(place, name)).toBe(true);
  });

  it('each trap and each rule once', () => {
    for (const list of [TRAPS, RULES]) expect(new Set(list.map(([what]) => what)).size).toBe(list.length);
  });
});
