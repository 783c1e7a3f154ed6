import { iso, monthEnd, yearOf } from './calendar.ts';
import { youngestScreened } from './clinical-facts.ts';
import {
  emergency,
  equipment,
  hospice,
  laboratory,
  mammogram,
  observation,
  office,
  type Sketch,
  stay,
  telehealth,
} from './personas.ts';
import type { World } from './plan.ts';

/** What a trap must come to. `exclusions` are those of its first stay; a measure says in which part of it the person is. */
export interface Expectation {
  readonly stays?: number;
  readonly days?: number;
  readonly indexStays?: number;
  readonly unplannedReturns?: number;
  readonly daysToNext?: number | 'none';
  readonly exclusions?: string;
  /** Whether a visit followed the first stay within a week; blank where the discharge is left out. */
  readonly seenWithin7?: 0 | 1 | '';
  readonly emergencyDays?: number;
  readonly primaryCareDays?: number;
  readonly months?: number;
  readonly CMS122?: MeasurePart;
  readonly CMS125?: MeasurePart;
  readonly CMS2?: MeasurePart;
}
export type MeasurePart = 'not in the population' | 'excluded' | 'in the numerator' | 'not in the numerator';

export interface Trap extends Sketch {
  readonly rule: string;
  readonly expect: Expectation;
}

const NORTHGATE = '360851';
const RIVERBEND = '360852';
const PRAIRIE_VIEW = '360855';
const PICKEREL_CREEK = '361398';

/** Persons written by hand, one rule each, added to a population of any size. Measures are judged for the last whole year. */
export function trapsOf(world: World): readonly Trap[] {
  const year = yearOf(world.end) - 1;
  const on = (date: string, years = 0): string => `${year + years}-${date}`;
  const beforeEnd = (days: number): string => iso(world.end - days);
  const covered = (from: string, to: string, kind: 'fee for service' | 'medicare advantage' = 'fee for service') =>
    [from, to, kind] as const;
  const start = `${year - 2}-10-01`;
  const open = iso(monthEnd(world.end));
  const youngest = youngestScreened(year);
  const old = { birth: `${year - 76}-05-15`, sex: 'male' } as const;
  /** Somebody whose dates only matter to one another. */
  const any = { ...old, moves: true } as const;
  const woman = { birth: `${year - 60}-05-15`, sex: 'female' } as const;
  const diabetic = { birth: `${year - 60}-05-15`, sex: 'male' } as const;
  const diabetes = (date: string) => office(on(date), { codes: ['E119'] });

  return [
    {
      ...old,
      id: 'TRAP-LAST-DAY',
      rule: 'a visit in the EHR on the day of delivery: the data reach to that day',
      events: [office(beforeEnd(0), { seenIn: 'chart' })],
      expect: { primaryCareDays: 1, stays: 0 },
    },
    {
      ...any,
      id: 'TRAP-TRANSFER-SAME-DAY',
      rule: 'a transfer on the same day is one stay, and no readmission',
      events: [
        stay(PICKEREL_CREEK, on('03-03'), on('03-04'), { disposition: '02' }),
        stay(NORTHGATE, on('03-04'), on('03-09'), { source: '4' }),
      ],
      expect: { stays: 1, days: 6, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-TRANSFER-CODED-HOME',
      rule: 'another hospital on the next day is a transfer, even when the discharge is coded home',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-05')),
        stay(NORTHGATE, on('03-06'), on('03-10'), { principal: 'I214' }),
      ],
      expect: { stays: 1, days: 7, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-TRANSFER-THEN-BACK',
      rule: 'the days to a readmission count from the end of the whole transferred stay',
      events: [
        stay(PICKEREL_CREEK, on('03-03'), on('03-04'), { disposition: '02' }),
        stay(NORTHGATE, on('03-04'), on('03-09'), { source: '4' }),
        stay(RIVERBEND, on('04-05'), on('04-08'), { principal: 'A419', drg: '872' }),
      ],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 27 },
    },
    {
      ...any,
      id: 'TRAP-NEXT-DAY-SAME-HOSPITAL',
      rule: 'back in the same hospital on the next day is a readmission on day 1',
      events: [stay(RIVERBEND, on('03-03'), on('03-06')), stay(RIVERBEND, on('03-07'), on('03-10'))],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 1 },
    },
    {
      ...any,
      id: 'TRAP-DAY-0-OTHER-REASON',
      rule: 'back in the same hospital on the day of discharge for another reason is a readmission on day 0',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-06')),
        stay(RIVERBEND, on('03-06'), on('03-10'), { principal: 'K922', drg: '378' }),
      ],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 0 },
    },
    {
      ...any,
      id: 'TRAP-DAY-0-SAME-REASON',
      rule: 'back in the same hospital on the day of discharge for the same reason is one stay',
      events: [stay(RIVERBEND, on('03-03'), on('03-06')), stay(RIVERBEND, on('03-06'), on('03-10'))],
      expect: { stays: 1, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-DAY-30',
      rule: 'day 30 is within 30 days',
      events: [stay(RIVERBEND, on('03-03'), on('03-06')), stay(NORTHGATE, on('04-05'), on('04-08'))],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 30 },
    },
    {
      ...any,
      id: 'TRAP-DAY-31',
      rule: 'day 31 is not within 30 days',
      events: [stay(RIVERBEND, on('03-03'), on('03-06')), stay(NORTHGATE, on('04-06'), on('04-09'))],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-CHAIN',
      rule: 'a readmission is itself an index stay',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-06')),
        stay(RIVERBEND, on('03-20'), on('03-24'), { principal: 'A419', drg: '872' }),
        stay(RIVERBEND, on('04-10'), on('04-14'), { principal: 'N179', drg: '683' }),
      ],
      expect: { stays: 3, indexStays: 3, unplannedReturns: 2, daysToNext: 14 },
    },
    {
      ...any,
      id: 'TRAP-PLANNED',
      rule: 'a planned admission for chemotherapy is no unplanned readmission',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-06')),
        stay(NORTHGATE, on('03-20'), on('03-22'), { principal: 'Z5111', drg: '847', type: '3' }),
      ],
      expect: { stays: 2, indexStays: 1, unplannedReturns: 0, daysToNext: 14 },
    },
    {
      ...any,
      id: 'TRAP-PLANNED-FIRST',
      rule: 'when the first readmission is planned, a later unplanned one in the same 30 days does not count',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-06')),
        stay(NORTHGATE, on('03-14'), on('03-16'), { principal: 'Z5111', drg: '847', type: '3' }),
        stay(NORTHGATE, on('03-28'), on('04-01'), { principal: 'A419', drg: '872' }),
      ],
      expect: { stays: 3, indexStays: 2, unplannedReturns: 0, daysToNext: 8 },
    },
    {
      ...any,
      id: 'TRAP-AGAINST-ADVICE',
      rule: 'a stay that ended against medical advice is no index stay',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-06'), { disposition: '07' }),
        stay(RIVERBEND, on('03-10'), on('03-13'), { principal: 'A419', drg: '872' }),
      ],
      expect: { stays: 2, indexStays: 1, unplannedReturns: 0, exclusions: 'against advice' },
    },
    {
      ...old,
      id: 'TRAP-DIED-IN-HOSPITAL',
      rule: 'a stay that ended in death is no index stay, and no other is counted after it',
      death: on('03-06'),
      events: [stay(RIVERBEND, on('03-03'), on('03-06'), { disposition: '20' })],
      expect: { stays: 1, indexStays: 0, exclusions: 'died' },
    },
    {
      ...old,
      id: 'TRAP-DIED-AT-HOME',
      rule: 'death at home within 30 days does not take away the index stay',
      death: on('03-16'),
      coverage: [covered(start, on('03-16'))],
      events: [stay(RIVERBEND, on('03-03'), on('03-06'))],
      expect: { stays: 1, indexStays: 1, unplannedReturns: 0 },
    },
    {
      ...old,
      id: 'TRAP-30-DAYS-BEFORE-END',
      rule: 'a discharge exactly 30 days before the data end is an index stay',
      events: [stay(RIVERBEND, beforeEnd(34), beforeEnd(30), { seenIn: 'both' })],
      expect: { stays: 1, indexStays: 1 },
    },
    {
      ...old,
      id: 'TRAP-29-DAYS-BEFORE-END',
      rule: 'a discharge 29 days before the data end cannot be followed for 30 days',
      events: [stay(RIVERBEND, beforeEnd(33), beforeEnd(29), { seenIn: 'both' })],
      expect: { stays: 1, indexStays: 0, exclusions: 'follow-up incomplete' },
    },
    {
      ...old,
      id: 'TRAP-GAP-AFTER',
      rule: 'a gap in coverage in the 30 days after discharge takes the index stay away',
      coverage: [covered(start, on('03-31')), covered(on('05-01'), open)],
      events: [stay(RIVERBEND, on('03-10'), on('03-14'))],
      expect: { stays: 1, indexStays: 0, exclusions: 'enrolment' },
    },
    {
      ...old,
      id: 'TRAP-GAP-BEFORE',
      rule: 'a gap in coverage in the 12 months before admission takes the index stay away',
      coverage: [covered(start, on('08-31', -1)), covered(on('11-01', -1), open)],
      events: [stay(RIVERBEND, on('06-10'), on('06-14'))],
      expect: { stays: 1, indexStays: 0, exclusions: 'enrolment' },
    },
    {
      ...old,
      id: 'TRAP-MEDICARE-ADVANTAGE-BEFORE',
      rule: 'Medicare Advantage in the 12 months before admission takes the index stay away',
      coverage: [covered(start, on('12-31', -1), 'medicare advantage'), covered(on('01-01'), open)],
      events: [stay(RIVERBEND, on('06-10'), on('06-14'))],
      expect: { stays: 1, indexStays: 0, exclusions: 'enrolment' },
    },
    {
      birth: `${year - 64}-06-20`,
      sex: 'male',
      id: 'TRAP-UNDER-65',
      rule: 'age counts at admission: a birthday during the stay comes too late',
      events: [stay(RIVERBEND, on('06-18', 1), on('06-22', 1))],
      expect: { stays: 1, indexStays: 0, exclusions: 'under 65' },
    },
    {
      birth: `${year - 64}-06-18`,
      sex: 'male',
      id: 'TRAP-65-TODAY',
      rule: 'who turns 65 on the day of admission is 65',
      events: [stay(RIVERBEND, on('06-18', 1), on('06-22', 1))],
      expect: { stays: 1, indexStays: 1 },
    },
    {
      ...any,
      id: 'TRAP-INTERIM-BILLS',
      rule: 'three bills of one stay are one stay',
      events: [stay(RIVERBEND, on('03-03'), on('04-20'), { billedEvery: 20, allowed: 4_000_000 })],
      expect: { stays: 1, days: 48, indexStays: 1, unplannedReturns: 0 },
    },
    {
      ...any,
      id: 'TRAP-SAME-DAY-STAY',
      rule: 'a stay that begins and ends on one day is one day',
      events: [stay(RIVERBEND, on('03-03'), on('03-03'))],
      expect: { stays: 1, days: 1, indexStays: 1 },
    },
    {
      ...any,
      id: 'TRAP-CLAIM-AND-EHR',
      rule: 'a claim and an EHR record of the same stay are one stay',
      events: [stay(RIVERBEND, on('03-03'), on('03-07'), { seenIn: 'both' }), office(on('03-11'), { seenIn: 'both' })],
      expect: { stays: 1, days: 4, indexStays: 1, primaryCareDays: 1 },
    },
    {
      ...any,
      id: 'TRAP-EHR-ONLY',
      rule: 'a stay whose claim is missing counts from the EHR',
      events: [stay(RIVERBEND, on('03-03'), on('03-07'), { seenIn: 'chart' })],
      expect: { stays: 1, days: 4, indexStays: 1 },
    },
    {
      ...any,
      id: 'TRAP-OBSERVATION-THEN-ADMITTED',
      rule: 'an observation that turns into an admission to the same hospital is part of the stay',
      events: [
        observation(RIVERBEND, on('03-02'), on('03-03')),
        stay(RIVERBEND, on('03-03'), on('03-07'), { throughEmergency: true }),
      ],
      expect: { stays: 1, indexStays: 1, emergencyDays: 0 },
    },
    {
      ...any,
      id: 'TRAP-OBSERVATION-AFTER',
      rule: 'a stay under observation is no readmission and no emergency visit',
      events: [stay(RIVERBEND, on('03-03'), on('03-07')), observation(RIVERBEND, on('03-16'), on('03-17'))],
      expect: { stays: 1, indexStays: 1, unplannedReturns: 0, daysToNext: 'none', emergencyDays: 0 },
    },
    {
      ...any,
      id: 'TRAP-PSYCHIATRIC',
      rule: 'a psychiatric stay in an acute hospital is no index stay',
      events: [stay(RIVERBEND, on('03-03'), on('03-11'), { principal: 'F332', drg: '885' })],
      expect: { stays: 1, indexStays: 0, exclusions: 'psychiatric' },
    },
    {
      ...any,
      id: 'TRAP-PSYCHIATRIC-UNIT',
      rule: 'a stay in a psychiatric unit of an acute hospital is no acute stay and no readmission',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-07')),
        stay('36S852', on('03-16'), on('03-24'), { principal: 'F332', drg: '885' }),
      ],
      expect: { stays: 1, days: 4, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-CANCER',
      rule: 'medical treatment of cancer is no index stay',
      events: [stay(NORTHGATE, on('03-03'), on('03-08'), { principal: 'C3411', drg: '181' })],
      expect: { stays: 1, indexStays: 0, exclusions: 'cancer' },
    },
    {
      ...any,
      id: 'TRAP-CANCER-SURGERY',
      rule: 'surgery for cancer is an index stay',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-08'), {
          principal: 'C187',
          drg: '330',
          procedures: [{ code: '0DTN0ZZ', day: Date.parse(`${on('03-04')}T00:00:00Z`) / 86_400_000 }],
        }),
      ],
      expect: { stays: 1, indexStays: 1 },
    },
    {
      ...any,
      id: 'TRAP-REHABILITATION-HOSPITAL',
      rule: 'a rehabilitation hospital after a stroke is neither a transfer nor a readmission',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-08'), { principal: 'I639', drg: '065', disposition: '62' }),
        stay('363098', on('03-08'), on('03-22'), { principal: 'I639', drg: '945', source: '4' }),
      ],
      expect: { stays: 1, days: 5, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-SWING-BED',
      rule: 'a swing bed of a small hospital is nursing care, not a stay in an acute hospital',
      events: [
        stay(PICKEREL_CREEK, on('03-03'), on('03-07'), { disposition: '61' }),
        stay('36Z398', on('03-07'), on('03-20'), { source: '4' }),
      ],
      expect: { stays: 1, days: 4, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-LONG-TERM-HOSPITAL',
      rule: 'a long-term care hospital is no readmission',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-15'), { disposition: '63' }),
        stay('362098', on('03-15'), on('04-12'), { drg: '189', source: '4' }),
      ],
      expect: { stays: 1, indexStays: 1, unplannedReturns: 0, daysToNext: 'none' },
    },
    {
      ...any,
      id: 'TRAP-NURSING-THEN-BACK',
      rule: 'a return from a nursing facility is a readmission of the hospital stay before it',
      events: [
        stay(NORTHGATE, on('03-03'), on('03-08'), { disposition: '03' }),
        stay('366401', on('03-08'), on('03-20'), { source: '4', disposition: '02' }),
        stay(NORTHGATE, on('03-20'), on('03-25'), { principal: 'A419', drg: '871', throughEmergency: true }),
      ],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 12, emergencyDays: 0 },
    },
    {
      ...any,
      id: 'TRAP-EMERGENCY-TWICE',
      rule: 'two emergency visits on one day count once',
      events: [emergency(RIVERBEND, on('03-03')), emergency(NORTHGATE, on('03-03'))],
      expect: { emergencyDays: 1, stays: 0 },
    },
    {
      ...any,
      id: 'TRAP-EMERGENCY-ADMITTED',
      rule: 'an emergency visit that leads to a stay is no emergency visit of its own',
      events: [stay(RIVERBEND, on('03-03'), on('03-07'), { throughEmergency: true })],
      expect: { emergencyDays: 0, stays: 1 },
    },
    {
      ...any,
      id: 'TRAP-DENIED',
      rule: 'a claim that was denied is no visit',
      events: [emergency(RIVERBEND, on('03-03'), { status: 'denied' }), office(on('03-10'), { status: 'denied' })],
      expect: { emergencyDays: 0, primaryCareDays: 0 },
    },
    {
      ...any,
      id: 'TRAP-REVERSED',
      rule: 'a claim that was reversed and sent again counts once',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-07'), { status: 'reversed' }),
        stay(RIVERBEND, on('03-03'), on('03-07'), { allowed: 1_000_000 }),
      ],
      expect: { stays: 1, days: 4, indexStays: 1 },
    },
    {
      ...old,
      id: 'TRAP-NEW-MEMBER-ID',
      rule: 'a new member identifier does not make a new person',
      newMemberIdFrom: on('03-16'),
      events: [
        stay(RIVERBEND, on('03-03'), on('03-07')),
        stay(RIVERBEND, on('03-20'), on('03-24'), { principal: 'A419', drg: '872' }),
      ],
      expect: { stays: 2, indexStays: 2, unplannedReturns: 1, daysToNext: 13 },
    },
    {
      ...any,
      id: 'TRAP-TWO-RECORDS',
      rule: 'two EHR records of one person are one person',
      hasDuplicateRecord: true,
      events: [
        office(on('03-03'), { seenIn: 'chart' }),
        office(on('04-03'), { seenIn: 'chart' }),
        office(on('05-05'), { seenIn: 'chart' }),
      ],
      expect: { primaryCareDays: 3 },
    },
    {
      ...any,
      id: 'TRAP-SEEN-ON-DISCHARGE-DAY',
      rule: 'a visit on the day of discharge is no follow-up',
      events: [stay(RIVERBEND, on('03-03'), on('03-07')), office(on('03-07'))],
      expect: { stays: 1, primaryCareDays: 1, seenWithin7: 0 },
    },
    {
      ...any,
      id: 'TRAP-SEEN-ON-DAY-7',
      rule: 'a visit on day 7 is within 7 days',
      events: [stay(RIVERBEND, on('03-03'), on('03-07')), telehealth(on('03-14'))],
      expect: { stays: 1, seenWithin7: 1 },
    },
    {
      ...any,
      id: 'TRAP-SEEN-ON-DAY-8',
      rule: 'a visit on day 8 is not within 7 days',
      events: [stay(RIVERBEND, on('03-03'), on('03-07')), office(on('03-15'))],
      expect: { stays: 1, seenWithin7: 0 },
    },
    {
      ...any,
      id: 'TRAP-SEEN-BUT-BACK',
      rule: 'who is back in hospital within the week is not followed up, visited or not',
      events: [
        stay(RIVERBEND, on('03-03'), on('03-07')),
        office(on('03-10')),
        stay(RIVERBEND, on('03-12'), on('03-15'), { principal: 'A419', drg: '872' }),
      ],
      expect: { stays: 2, seenWithin7: '', unplannedReturns: 1, daysToNext: 5 },
    },
    {
      ...old,
      id: 'TRAP-NO-CARE',
      rule: 'a person without any care still counts in the denominators',
      coverage: [covered(on('01-01'), on('12-31'))],
      expect: { months: 12, stays: 0, emergencyDays: 0, primaryCareDays: 0 },
    },
    {
      ...any,
      id: 'TRAP-TELEHEALTH',
      rule: 'a telehealth visit is a primary care visit',
      events: [telehealth(on('03-03')), office(on('04-03'))],
      expect: { primaryCareDays: 2 },
    },
    {
      ...woman,
      id: 'TRAP-NO-MAMMOGRAM',
      rule: 'a woman without any record of a mammogram stays on the list',
      events: [office(on('03-03'))],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      ...woman,
      id: 'TRAP-MAMMOGRAM-FIRST-DAY',
      rule: 'a mammogram on 1 October two years before counts',
      events: [office(on('03-03')), mammogram(on('10-01', -2))],
      expect: { CMS125: 'in the numerator' },
    },
    {
      ...woman,
      id: 'TRAP-MAMMOGRAM-DAY-BEFORE',
      rule: 'a mammogram on 30 September two years before does not count',
      events: [office(on('03-03')), mammogram(on('09-30', -2))],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      ...woman,
      id: 'TRAP-MAMMOGRAM-IN-EHR',
      rule: 'a mammogram that only the EHR shows counts',
      events: [office(on('03-03'))],
      observations: [['24606-6', on('05-06'), 'negative']],
      expect: { CMS125: 'in the numerator' },
    },
    {
      ...woman,
      id: 'TRAP-MAMMOGRAM-DENIED',
      rule: 'a mammogram whose claims were denied does not count',
      events: [office(on('03-03')), mammogram(on('05-06'), { status: 'denied' })],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      ...woman,
      id: 'TRAP-BOTH-BREASTS-REMOVED',
      rule: 'a woman without breasts is left out',
      events: [office(on('03-03'), { codes: ['Z9013'] })],
      expect: { CMS125: 'excluded' },
    },
    {
      ...woman,
      id: 'TRAP-LEFT-AND-RIGHT-REMOVED',
      rule: 'right and left breast removed, told in two codes in two years, is both',
      events: [office(on('03-03', -1), { codes: ['Z9011'] }), office(on('03-03'), { codes: ['Z9012'] })],
      expect: { CMS125: 'excluded' },
    },
    {
      ...woman,
      id: 'TRAP-ONE-BREAST-REMOVED',
      rule: 'one breast removed is no reason to leave a woman out',
      events: [office(on('03-03'), { codes: ['Z9011'] })],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      birth: `${year - 75}-11-30`,
      sex: 'female',
      id: 'TRAP-AGED-OUT',
      rule: 'a woman who turns 75 within the year has left the population',
      events: [office(on('03-03'))],
      expect: { CMS125: 'not in the population' },
    },
    {
      birth: `${year - youngest}-12-31`,
      sex: 'female',
      id: 'TRAP-OLD-ENOUGH-ON-LAST-DAY',
      rule: 'a woman who reaches the age of screening on 31 December is in the population',
      events: [office(on('03-03'))],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      birth: `${year - youngest + 1}-01-01`,
      sex: 'female',
      id: 'TRAP-TOO-YOUNG-BY-A-DAY',
      rule: 'a woman who reaches the age of screening on 1 January after the year is not in the population',
      events: [office(on('03-03'))],
      expect: { CMS125: 'not in the population' },
    },
    {
      ...woman,
      id: 'TRAP-NO-VISIT',
      rule: 'without an outpatient visit in the year nobody is in the population',
      events: [emergency(RIVERBEND, on('03-03')), mammogram(on('05-06'))],
      expect: { CMS125: 'not in the population' },
    },
    {
      ...woman,
      birth: `${year - 70}-05-15`,
      id: 'TRAP-HOSPICE-MIDYEAR',
      rule: 'hospice care in the middle of the year leaves a person out of the whole year',
      events: [office(on('03-03')), mammogram(on('04-04')), hospice(on('08-10'), on('10-20'))],
      expect: { CMS125: 'excluded' },
    },
    {
      ...woman,
      birth: `${year - 70}-05-15`,
      id: 'TRAP-NURSING-HOME',
      rule: 'a long-term resident of an institution is left out from the age of 66',
      isInstitutional: true,
      events: [office(on('03-03'))],
      expect: { CMS125: 'excluded' },
    },
    {
      ...woman,
      birth: `${year - 66}-05-15`,
      id: 'TRAP-FRAIL-AND-ILL-66',
      rule: 'frailty with advanced illness leaves a person out at 66',
      events: [office(on('03-03'), { codes: ['I5022'] }), equipment(on('04-04'), 'E0143')],
      expect: { CMS125: 'excluded' },
    },
    {
      ...woman,
      birth: `${year - 65}-05-15`,
      id: 'TRAP-FRAIL-AND-ILL-65',
      rule: 'frailty with advanced illness does not leave a person out at 65',
      events: [office(on('03-03'), { codes: ['I5022'] }), equipment(on('04-04'), 'E0143')],
      expect: { CMS125: 'not in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-9.0',
      rule: '9.0 % is not above 9 %',
      events: [diabetes('03-03')],
      results: [['4548-4', on('03-03'), '9.0', '%']],
      expect: { CMS122: 'not in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-9.1',
      rule: '9.1 % is above 9 %',
      events: [diabetes('03-03')],
      results: [['4548-4', on('03-03'), '9.1', '%']],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-LAST-DAY',
      rule: 'the last day with a test decides, not the best one',
      events: [diabetes('03-03')],
      results: [
        ['4548-4', on('03-03'), '7.2', '%'],
        ['4548-4', on('11-03'), '9.8', '%'],
      ],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-TWO-ON-A-DAY',
      rule: 'of two values on the last day the lower one decides',
      events: [diabetes('03-03')],
      results: [
        ['4548-4', on('11-03'), '9.4', '%'],
        ['4548-4', on('11-03'), '8.6', '%'],
      ],
      expect: { CMS122: 'not in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-MG-DL',
      rule: 'a value in mg/dL is no percentage: tested, value unknown',
      events: [diabetes('03-03')],
      results: [['4548-4', on('03-03'), '182', 'mg/dL']],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-CLAIM-ONLY',
      rule: 'a billed test without a value is unknown, and unknown counts as poor',
      events: [diabetes('03-03'), laboratory(on('03-03'), ['83036'])],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-QUALITY-CODE',
      rule: 'a quality code on a claim gives the range of the value',
      events: [office(on('03-03'), { codes: ['E119'], hcpcs: ['99213', '3052F'] }), laboratory(on('03-03'), ['83036'])],
      expect: { CMS122: 'not in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-LATER-CLAIM',
      rule: 'a later test without a value outweighs an earlier value',
      events: [diabetes('03-03'), laboratory(on('10-10'), ['83036'])],
      results: [['4548-4', on('03-03'), '7.0', '%']],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-A1C-NEVER',
      rule: 'a person with diabetes and no test at all is on the list',
      events: [diabetes('03-03')],
      expect: { CMS122: 'in the numerator' },
    },
    {
      ...diabetic,
      id: 'TRAP-DIABETES-YEAR-BEFORE',
      rule: 'diabetes that only the year before shows does not put a person into the population',
      events: [office(on('03-03', -1), { codes: ['E119'] }), office(on('03-03'))],
      expect: { CMS122: 'not in the population' },
    },
    {
      ...diabetic,
      id: 'TRAP-DRUG-INDUCED-DIABETES',
      rule: 'diabetes caused by a drug (E09) is not the diabetes of the measure',
      events: [office(on('03-03'), { codes: ['E099'] })],
      expect: { CMS122: 'not in the population' },
    },
    {
      ...diabetic,
      id: 'TRAP-PALLIATIVE',
      rule: 'palliative care in the year leaves a person out at any age',
      events: [
        diabetes('03-03'),
        stay(PRAIRIE_VIEW, on('09-09'), on('09-14'), {
          diagnoses: [
            { code: 'J189', poa: 'Y' },
            { code: 'Z515', poa: '' },
          ],
        }),
      ],
      expect: { CMS122: 'excluded' },
    },
    {
      ...old,
      id: 'TRAP-POSITIVE-SCREEN',
      rule: 'a positive screen for depression that nobody followed up stays on the list',
      events: [office(on('03-03'))],
      observations: [['73832-8', on('03-03'), '428181000124104']],
      expect: { CMS2: 'not in the numerator' },
    },
    {
      ...old,
      id: 'TRAP-SCREEN-BEFORE-VISIT',
      rule: 'a negative screen for depression fourteen days before a visit counts',
      events: [office(on('03-17'))],
      observations: [['73832-8', on('03-03'), '428171000124102']],
      expect: { CMS2: 'in the numerator' },
    },
    {
      ...old,
      id: 'TRAP-BIPOLAR',
      rule: 'a person known to have bipolar disorder is not asked about depression',
      events: [office(on('03-03'), { codes: ['F319'] }), office(on('05-06'))],
      expect: { CMS2: 'excluded' },
    },
  ];
}
