import { COHORT, type Codes, type Rule, textOf, type Window } from '#contract/cohort';
import condition from './condition.ts';

/** Rules as a canonical filter: they hold of people as of data-through, whatever the months of a number. */
const rules = (rule: Rule): string => `${COHORT}:${textOf(rule)}`;

const set = (name: string): Codes => ({ kind: 'set', name });
const diagnoses = (...codes: string[]): Codes => ({ kind: 'codes', system: 'icd-10-cm', codes });
const last = (count: number): Window => ({ kind: 'last', count, unit: 'months', ending: 0 });
const has = (...conditions: string[]): Rule => ({ kind: 'condition', conditions, atLeast: 1 });
const stated = (codes: Codes[], atLeast: number, months: number): Rule => ({
  ...{ kind: 'count', event: { of: 'diagnosis', codes }, atLeast, window: last(months) },
});
const any = (...rules: Rule[]): Rule => ({ kind: 'any', rules });
const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });

const SUBSTANCE_USE = ['alcohol-use-disorders', 'drug-use-disorders', 'opioid-use-disorder'];
const MENTAL_ILLNESS = [
  ...['depression', 'depressive-disorders', 'bipolar-disorder', 'anxiety-disorders', 'ptsd', 'personality-disorders'],
  ...['schizophrenia', 'schizophrenia-psychotic-disorders', 'adhd-conduct-disorders'],
];
const DEVELOPMENTAL = [
  ...['autism-spectrum-disorders', 'cerebral-palsy', 'intellectual-disabilities', 'learning-disabilities'],
  ...['other-developmental-delays', 'spina-bifida', 'muscular-dystrophy', 'cystic-fibrosis', 'sickle-cell-disease'],
];
/** Kinds of illness that overlap least; the parts of cancer and dementia are not counted beside them. */
const CHRONIC = [
  ...['diabetes', 'hypertension', 'heart-failure', 'ischemic-heart-disease', 'atrial-fibrillation', 'stroke'],
  ...['copd', 'asthma', 'chronic-kidney-disease', 'depression', 'dementia', 'cancer'],
];
const ADVANCED_ILLNESS = set('advanced-illness');
const DEMENTIA_MEDICINE: Rule = {
  ...{ kind: 'count', event: { of: 'drug', codes: [set('dementia-medications')] }, window: last(12) },
};

/**
 * The cohorts that every snapshot offers; practices are offered by the client from the dimension's own values. Filters of
 * dimensions hold in the month of each number, rules as of data-through.
 */
export default [
  { id: 'everyone', title: 'Everyone', description: 'All people in the extracts.', where: '' },
  {
    id: 'age-65',
    title: 'Seniors: 65 and over',
    description: 'Aged 65 or more in the month.',
    where: 'age_band:65-74|75-84|85%2B',
  },
  { id: 'age-75', title: '75 and over', description: 'Aged 75 or more in the month.', where: 'age_band:75-84|85%2B' },
  {
    id: 'under-65',
    title: 'Under 65',
    description: 'Mostly people who came to Medicare by disability.',
    where: 'age_band:0-17|18-39|40-64',
  },
  {
    id: 'dual',
    title: 'Medicare and Medicaid',
    description: 'Dual eligible: Medicaid helped to pay in the month (CMS dual status 01 to 06 and 08).',
    where: 'dual_status:dual',
  },
  {
    id: 'high-risk',
    title: 'High and very high risk',
    description: 'The two upper of the five tiers.',
    where: 'risk_tier:high|very%20high',
  },
  {
    id: 'frail-seniors',
    title: 'Seniors with signs of frailty',
    description:
      'Aged 65 or more, with a diagnosis or symptom of frailty on two days in 24 months, or a device or service for it. Value sets of the CMS eCQMs of 2025 and 2026; a sign in codes, no examination.',
    where: rules(
      all(
        { kind: 'age', from: 65 },
        any(stated([set('frailty-diagnosis'), set('frailty-symptom')], 2, 24), {
          ...{ kind: 'count', window: last(24), atLeast: 1 },
          event: { of: 'procedure', codes: [set('billed-frailty-device'), set('frailty-encounter')] },
        }),
      ),
    ),
  },
  {
    id: 'seniors-alone',
    title: 'Seniors who live alone',
    description: 'Aged 65 or more with the code Z60.2 (living alone) in 24 months. Seldom coded, so many are missed.',
    where: rules(all({ kind: 'age', from: 65 }, stated([diagnoses('Z602')], 1, 24))),
  },
  {
    id: 'complex-children',
    title: 'Children with complex needs',
    description:
      'Under 18 with a developmental or congenital disorder of the CMS Chronic Conditions Warehouse, two other chronic conditions, or a code of dependence on devices (Z93, Z99) in 24 months. Own choice, not a published algorithm; Medicare files hold few children.',
    where: rules(
      all(
        { kind: 'age', to: 17 },
        any(
          has(...DEVELOPMENTAL),
          { kind: 'condition', conditions: [], atLeast: 2 },
          stated([diagnoses('Z93*', 'Z99*')], 1, 24),
        ),
      ),
    ),
  },
  {
    id: 'disability',
    title: 'People with a disability',
    description:
      'Came to Medicare by disability (original reason 1 or 3), or have the Medicare status of the disabled (20, 21) in the last month. CMS codes; disability that came after Medicare is not told.',
    where: rules(
      any(
        { kind: 'person', field: 'entitlement', values: ['1', '3'] },
        { kind: 'coverage', medicareStatus: ['20', '21'] },
      ),
    ),
  },
  {
    id: 'behavioral-health',
    title: 'Mental illness or substance use',
    description:
      'A mental illness or a disorder of substance use by the rules of the CMS Chronic Conditions Warehouse. CMS shares no claims for treatment of substance use (42 CFR part 2), so those are undercounted.',
    where: rules(has(...MENTAL_ILLNESS, ...SUBSTANCE_USE)),
  },
  {
    id: 'substance-use',
    title: 'Substance use disorders',
    description:
      'Alcohol, drug or opioid use disorder by the rules of the CMS Chronic Conditions Warehouse. CMS shares no claims for their treatment (42 CFR part 2), so they are undercounted.',
    where: rules(has(...SUBSTANCE_USE)),
  },
  {
    id: 'rural',
    title: 'Rural',
    description:
      'Lives in a nonmetropolitan county (USDA rural-urban continuum code 4 to 9, index rucc) or in a ZIP code area with a USDA commuting code of 4 or more (index ruca). Nobody until an area table with one of them is loaded.',
    where: rules(
      any(
        { kind: 'area', index: 'rucc', value: { is: 'at least', value: 4 } },
        { kind: 'area', index: 'ruca', value: { is: 'at least', value: 4 } },
      ),
    ),
  },
  {
    id: 'deprived-areas',
    title: 'Most deprived areas',
    description:
      'Lives in the fifth of areas most in need by the social vulnerability index (CDC/ATSDR, index svi) or the area deprivation index (index adi). Nobody until an area table with one of them is loaded.',
    where: rules(any({ kind: 'area', index: 'svi', quintiles: [5] }, { kind: 'area', index: 'adi', quintiles: [5] })),
  },
  {
    id: 'social-need',
    title: 'Coded social need',
    description:
      'A code of social circumstances (ICD-10-CM Z55 to Z65) in 12 months. Seldom coded, so many are missed.',
    where: rules(
      stated(
        [diagnoses('Z55*', 'Z56*', 'Z57*', 'Z58*', 'Z59*', 'Z60*', 'Z61*', 'Z62*', 'Z63*', 'Z64*', 'Z65*')],
        1,
        12,
      ),
    ),
  },
  {
    id: 'dementia',
    title: 'Dementia, or a medicine for it',
    description:
      "Alzheimer's disease or another dementia by the rules of the CMS Chronic Conditions Warehouse, or a medicine for it (value set of the CMS eCQMs) in 12 months.",
    where: rules(any(has('dementia', 'alzheimers-disease', 'non-alzheimers-dementia'), DEMENTIA_MEDICINE)),
  },
  {
    id: 'advanced-illness',
    title: 'Advanced illness',
    description:
      'As the CMS eCQMs of 2025 and 2026 leave people out: a diagnosis of their value set on two days, or in a hospital stay, or a medicine for dementia; or hospice care. Within 24 months.',
    where: rules(
      any(
        stated([ADVANCED_ILLNESS], 2, 24),
        {
          ...{ kind: 'count', window: last(24) },
          event: { of: 'diagnosis', codes: [ADVANCED_ILLNESS], during: ['acute inpatient'] },
        },
        { ...DEMENTIA_MEDICINE, window: last(24) },
        { kind: 'count', event: { of: 'encounter', types: ['hospice'] }, window: last(24) },
      ),
    ),
  },
  {
    id: 'stroke-recovery',
    title: 'Recovering from a stroke',
    description:
      'A hospital stay with a stroke as principal diagnosis (ICD-10-CM I60, I61, I63) in 12 months; transient attacks are left out.',
    where: rules({
      ...{ kind: 'count', window: last(12) },
      event: { of: 'encounter', types: ['acute inpatient'], principal: [diagnoses('I60*', 'I61*', 'I63*')] },
    }),
  },
  {
    id: 'multiple-chronic',
    title: 'Multiple chronic conditions',
    description:
      'Two or more (as in Goodman and others, Preventing Chronic Disease 2013;10:E66) of twelve kinds of chronic conditions by the rules of the CMS Chronic Conditions Warehouse.',
    where: rules({ kind: 'condition', conditions: CHRONIC, atLeast: 2 }),
  },
  {
    id: 'frequent-emergency',
    title: 'Frequent emergency visits',
    description: 'Four or more emergency visits, sent home, in 12 months. Own choice of number.',
    where: rules({
      ...{ kind: 'count', atLeast: 4, window: last(12) },
      event: { of: 'encounter', types: ['emergency department'] },
    }),
  },
  {
    id: 'discharged-not-seen',
    title: 'Discharged and not seen',
    description:
      'Admitted to a hospital in the last three months, then no office or telehealth visit within 14 days of the discharge; only where those days are over.',
    where: rules({
      ...{ kind: 'sequence', happens: false, days: { from: 1, to: 14 }, window: last(3) },
      first: { of: 'encounter', types: ['acute inpatient'] },
      next: { of: 'encounter', types: ['office visit', 'telehealth'] },
    }),
  },
  ...condition.values
    .filter(({ value }) => CHRONIC.includes(value))
    .map(({ value, label }) => ({
      id: `condition-${value}`,
      title: label,
      description: `${label} on the date: its rule holds, or a clinical source states it.`,
      where: `condition:${value}`,
    })),
];
