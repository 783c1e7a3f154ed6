/**
 * What the Safe Harbor rule of 45 CFR 164.514(b)(2) leaves of a column: as it is; a random code instead of an id; an age
 * up to 89 and '90+' above; the year of a date; a number of 100 and more in whole hundreds.
 */
export type Treatment = 'keep' | 'code' | 'age' | 'year' | 'hundreds';

interface Told {
  readonly words: string;
  /** Without one the column is left out of de-identified files. */
  readonly safeHarbor?: Treatment;
}

/**
 * What the columns of files mean, by name: a name means the same in every list. A column of a list of persons that is not
 * here is in no de-identified file; nor is what is here without a treatment, such as names, places below the state, who
 * cared for a person, ids of events, exact dates and free text.
 */
export const COLUMNS: Readonly<Record<string, Told>> = {
  person_id: { words: 'The person: an opaque id, the same in every run', safeHarbor: 'code' },
  subject_id: { words: 'What the row counts: a person, stay, visit or other event' },
  name: { words: 'Name of the person' },
  age: { words: 'Age in whole years, as of data-through or on the day of the row', safeHarbor: 'age' },
  sex: { words: 'Sex', safeHarbor: 'keep' },
  practice: { words: 'The practice that the person is attributed to' },
  provider: { words: 'NPI of the attributed practitioner' },
  provider_name: { words: 'Name of the attributed practitioner' },
  practitioner: { words: 'The attributed practitioner' },
  risk_tier: { words: 'Tier of the predicted risk', safeHarbor: 'keep' },
  tier: { words: 'Tier of the predicted risk', safeHarbor: 'keep' },
  risk_score: { words: 'Score of the risk on its basis' },
  score: { words: 'Score of the risk on its basis' },
  risk_basis: { words: 'What the score is: a chance by the model, a CMS-HCC score, or points', safeHarbor: 'keep' },
  basis: { words: 'On what the value rests', safeHarbor: 'keep' },
  chance: { words: 'Chance of an unplanned admission within 12 months, 0 to 1' },
  chance_before: { words: 'The same six months before' },
  is_rising: { words: 'Whether the risk is rising', safeHarbor: 'keep' },
  drivers: { words: 'What raises the risk, the strongest first' },
  reasons: { words: 'Why to reach out' },
  handles: { words: 'What could be done about it' },
  barriers: { words: 'Why nobody should call' },
  conditions: { words: 'Chronic conditions as of data-through', safeHarbor: 'keep' },
  admissions_12m: { words: 'Hospital admissions in the 12 months to data-through', safeHarbor: 'keep' },
  emergency_visits_12m: { words: 'Emergency visits in the 12 months to data-through', safeHarbor: 'keep' },
  paid_12m: { words: 'Dollars paid in the 12 months to data-through', safeHarbor: 'hundreds' },
  open_gaps: { words: 'Open gaps in care', safeHarbor: 'keep' },
  last_visit_date: { words: 'Last visit to a practice', safeHarbor: 'year' },
  death_date: { words: 'Date of death', safeHarbor: 'year' },
  not_shared: { words: 'Why CMS does not share the claims of the person' },
  not_shared_from: { words: 'Since when CMS does not share them' },
  metric: { words: 'The metric, or rate of a measure, by id', safeHarbor: 'keep' },
  measure_id: { words: 'The quality measure by its number', safeHarbor: 'keep' },
  measure: { words: 'The quality measure', safeHarbor: 'keep' },
  status: { words: 'How the person stands in the measure', safeHarbor: 'keep' },
  reason: { words: 'Why, in words' },
  evidence: { words: 'What in the record shows it' },
  evidence_date: { words: 'Date of that', safeHarbor: 'year' },
  due_date: { words: 'Until when there is time', safeHarbor: 'year' },
  entered_by_hand: { words: 'What was entered by hand and waits for the next run' },
  anchor_date: { words: 'The day that the row counts on', safeHarbor: 'year' },
  numerator: { words: 'Part of the numerator', safeHarbor: 'hundreds' },
  denominator: { words: 'Part of the denominator', safeHarbor: 'keep' },
  exclusion: { words: 'Why the row counts in neither part; empty where it counts', safeHarbor: 'keep' },
  age_band: { words: 'Age band in the month of the row', safeHarbor: 'keep' },
  race: { words: 'Race', safeHarbor: 'keep' },
  dual_status: { words: 'Medicare and Medicaid together', safeHarbor: 'keep' },
  coverage: { words: 'Kind of coverage', safeHarbor: 'keep' },
  state: { words: 'State', safeHarbor: 'keep' },
  model: { words: 'Risk adjustment model of CMS', safeHarbor: 'keep' },
  payment_year: { words: 'Payment year', safeHarbor: 'keep' },
  data_year: { words: 'Year of the claims that it reads', safeHarbor: 'keep' },
  kind: { words: 'Kind', safeHarbor: 'keep' },
  hcc: { words: 'Category of the model', safeHarbor: 'keep' },
  label: { words: 'In words', safeHarbor: 'keep' },
  coefficient: { words: 'Relative factor of the category', safeHarbor: 'keep' },
  coefficient_year: { words: 'Payment year of that factor', safeHarbor: 'keep' },
  months: { words: 'How many months', safeHarbor: 'keep' },
  first_month: { words: 'The first of them', safeHarbor: 'year' },
  last_month: { words: 'The last of them', safeHarbor: 'year' },
  source_person_ids: { words: 'Ids that the sources know the person by' },
  outcome: { words: 'How the rules of attribution end', safeHarbor: 'keep' },
  rule_practice: { words: 'The practice that the rules give' },
  agreement: { words: 'What the assignment list and the rules say, side by side', safeHarbor: 'keep' },
  value: { words: 'The value of the metric, or of the group' },
  rows: { words: 'Rows, in the unit of the denominator' },
  low: { words: 'Lower 95 % limit' },
  high: { words: 'Upper 95 % limit' },
  expected: { words: 'What was expected, in the unit of the numerator' },
  ratioLow: { words: 'Lower 95 % limit of observed to expected' },
  ratioHigh: { words: 'Upper 95 % limit of observed to expected' },
  suppressed: { words: 'Left empty because few people are behind it, or would be told by it' },
  immature: { words: 'Claims or follow-up are not all in' },
  persons: { words: 'People; empty where few' },
  people: { words: 'People; empty where few' },
  caveats: { words: 'What the sources do not tell' },
};

/** What a column means; without words of its own, its name read out. */
export const wordsOf = (name: string): string =>
  COLUMNS[name]?.words ?? name.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
