import { filled, inputTable, numberedAs, required } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';

const named = (...names: string[]) => ({ deliveredAs: names });
const day = { type: 'slash date' } as const;
const count = { type: 'integer' } as const;

/** What the name of an assignment list says. */
const list = {
  performance_year: filled('performance year: 20 and the two digits after D in the name of the file', {
    type: 'calendar year',
  }),
  report_period: filled('Q1, Q2, Q3, Q4, initial, or the year of a benchmark list, from the name of the file', {
    type: 'code',
  }),
  aco_id: { meaning: 'organization, as CMS numbers it, from the name of the file' },
  stamp: { meaning: 'stamp of the delivery, T and digits, from the name of the file' },
};

const beneficiary = {
  person_id: filled('Medicare beneficiary identifier', named('BENE_MBI_ID')),
  first_name: { meaning: 'given name', ...named('BENE_1ST_NAME') },
  last_name: { meaning: 'family name', ...named('BENE_LAST_NAME') },
  sex: required('1 or M male, 2 or F female', { type: 'word', ...named('BENE_SEX_CD') }),
  birth_date: required('date of birth', { ...day, ...named('BENE_BRTH_DT') }),
  death_date: { meaning: 'date of death', ...day, ...named('BENE_DEATH_DT') },
};

const each = (last: number, delivered: string): string =>
  Array.from({ length: last }, (_, at) => delivered.replace('#', String(at + 1))).join(' ');
const eachMonth = (delivered: string): string =>
  Array.from({ length: 12 }, (_, at) => delivered.replace('#', String(at + 1).padStart(2, '0'))).join(' ');

const assigned: SourceTable = {
  ...inputTable({
    name: 'alr_assigned',
    grain: 'assigned beneficiary (assignment list, table 1-1)',
    key: ['person_id', 'performance_year', 'report_period', 'aco_id', 'stamp'],
    columns: {
      ...list,
      ...beneficiary,
      ...Object.fromEntries(
        Object.entries(
          numberedAs('ENROLLFLAG#', 'enrollment_flag', 12, {
            meaning:
              '0 not eligible, 1 ESRD, 2 disabled, 3 aged and dual, 4 aged and not dual, in this month of the twelve',
            ...count,
          }),
        ).map(([name, words]) => [name, { ...words, presence: 'required' as const }]),
      ),
      is_excluded: { meaning: 'taken off the list when the year was settled', ...named('EXCLUDED') },
      is_voluntary: { meaning: 'the person named the practitioner', ...named('IN_VA_MAX') },
      voluntary_tin: { meaning: 'tax number of the practitioner whom the person named', ...named('VA_TIN') },
      voluntary_npi: { meaning: 'practitioner whom the person named', ...named('VA_NPI') },
    },
    unread: `bene_hic_num geo_ssa_cnty_cd_name geo_ssa_state_name state_county_cd cba_flag assignment_type assigned_before
    asg_status partd_months deceased_excluded missing_id_excluded part_a_b_only_excluded ghp_excluded
    outside_us_excluded other_shared_sav_init hcc_version ${each(120, 'hcc_col_#')} ${eachMonth('bene_rsk_r_scre_#')}
    esrd_score dis_score agdu_score agnd_score dem_esrd_score dem_dis_score dem_agdu_score dem_agnd_score new_enrollee
    lti_status bene_race_cd bene_psnyrs_dual bene_psnyrs master_id npi_used pcs_count b_em_line_cnt_t rev_line_cnt b9729
    u071 covid19_episode admission_dt discharge_dt ${eachMonth('covid19_month#')} va_selection_only plur_r05 ab_r01
    hmo_r03 no_us_r02 mdm_r04 nofnd_r06`,
  }),
  naming: 'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-1.csv',
};

const tin: SourceTable = {
  ...inputTable({
    name: 'alr_tin',
    grain: 'assigned beneficiary and participant (assignment list, table 1-2)',
    key: ['person_id', 'tin', 'performance_year', 'report_period', 'aco_id', 'stamp'],
    columns: {
      ...list,
      ...beneficiary,
      tin: filled('tax number of the participant', named('MASTER_ID')),
      services: required('primary care services counted', { ...count, ...named('B_EM_LINE_CNT_T') }),
    },
    unread: 'bene_hic_num',
  }),
  naming: 'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-2.csv',
};

const npi: SourceTable = {
  ...inputTable({
    name: 'alr_npi',
    grain: 'assigned beneficiary, participant and practitioner (assignment list, table 1-4)',
    key: ['person_id', 'tin', 'npi', 'performance_year', 'report_period', 'aco_id', 'stamp'],
    columns: {
      ...list,
      ...beneficiary,
      tin: filled('tax number of the participant', named('MASTER_ID')),
      npi: filled('practitioner', named('NPI_USED')),
      services: required('primary care services counted', { ...count, ...named('PCS_COUNT') }),
    },
    unread: 'bene_hic_num',
  }),
  naming: 'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-4.csv',
};

/** A table of the assignment list that is counted and not used. */
const unused = (name: string, grain: string, reason: string, telling: string): SourceTable => ({
  ...inputTable({
    name,
    grain,
    key: [],
    columns: {
      person_id: required('Medicare beneficiary identifier', named('BENE_MBI_ID')),
      ...Object.fromEntries(
        telling.split(' ').map((column) => [column, required('tells the kind of file', { type: 'text' })]),
      ),
    },
    unread: `bene_hic_num bene_1st_name bene_last_name bene_sex_cd bene_brth_dt bene_death_dt master_id`,
  }),
  unused: reason,
});

const LEFT = 'table 1-1 of the list that decides a month says who is assigned in it';

const exclusion = inputTable({
  name: 'beneficiary_exclusion',
  grain: 'person whose claims CMS no longer shares',
  key: ['person_id'],
  columns: {
    person_id: filled('person: the Medicare beneficiary identifier, or the number that other files use', {
      ...named('person_id', 'mbi', 'bene_mbi_id'),
    }),
    excluded_date: filled('first day on which the claims are not shared', day),
    exclusion_reason: required('why, such as: declined'),
  },
});

const providerRoster = inputTable({
  name: 'provider_roster',
  grain: 'practitioner in a practice',
  key: ['npi', 'tin'],
  columns: {
    npi: filled('practitioner'),
    first_name: 'given name of the practitioner',
    last_name: 'family name of the practitioner',
    tin: filled('tax number of the practice'),
    practice_name: required('name of the practice'),
    specialty: required('specialty in words'),
    specialty_code: 'CMS specialty, two characters',
    pcmh: required('the practice is recognised as a patient-centered medical home', { type: 'flag' }),
  },
});

const programEnrollment = inputTable({
  name: 'program_enrollment',
  grain: 'span of a person in a care program',
  key: ['person_id', 'program', 'start_date'],
  columns: {
    person_id: filled('person: the Medicare beneficiary identifier, or the number that other files use', {
      ...named('person_id', 'mbi', 'bene_mbi_id'),
    }),
    program: filled('name of the program'),
    start_date: filled('first day in the program', day),
    end_date: required('last day in the program; blank while it lasts', { ...day, openEnded: true }),
    status: 'offered, declined, enrolled, completed and the like',
    reason: required('why it ended, or was declined'),
  },
});

const gapClosure: SourceTable = {
  ...inputTable({
    name: 'gap_closure',
    grain: 'test, procedure or vaccine that somebody found in a chart and entered by hand',
    key: ['person_id', 'service_date', 'code_type', 'code', 'entry_id', 'withdraws'],
    columns: {
      person_id: filled('person: the number that other files use'),
      service_date: filled('day it was done', { type: 'slash date' }),
      code_type: filled('loinc for a result, hcpcs or icd-10-pcs for a procedure, cvx for a vaccine', {
        type: 'system',
      }),
      code: filled('what was done', { type: 'code' }),
      value: 'its result, such as 7.2',
      unit: 'unit of the result, such as %',
      entered_by: filled('who entered it'),
      entered_on: filled('day it was entered', { type: 'slash date' }),
      note: 'where it was found',
      entry_id: 'number of the entry, for a later line to take it back by; blank where none will',
      withdraws: 'number of the entry that this line takes back; blank where it enters something',
    },
  }),
  naming: 'gap-closures.csv',
};

const cahps = inputTable({
  name: 'cahps',
  grain: 'result of one measure of the CAHPS survey, for a practice or for all',
  key: ['survey_year', 'measure', 'tin'],
  columns: {
    survey_year: filled('year in which people were asked', count),
    measure: filled('number of the measure, such as CAHPS-2'),
    measure_title: required('measure in words'),
    tin: 'practice, by tax number; blank for the whole organization',
    respondents: required('people who answered', count),
    score: required('score from 0 to 100', { type: 'number' }),
    top_box_percent: { meaning: 'percent who gave the most favourable answer', type: 'number' },
    benchmark: { meaning: 'mean score of all organizations', type: 'number' },
  },
});

const THEMES = ['rpl_theme1', 'rpl_theme2', 'rpl_theme3', 'rpl_theme4'];

const svi: SourceTable = {
  ...inputTable({
    name: 'svi',
    grain: 'county (CDC and ATSDR Social Vulnerability Index)',
    key: ['fips', 'index_year'],
    columns: {
      fips: filled('county, five digits; its leading zero may be lost'),
      index_year: filled('year of the index, from the name of the file', count),
      overall: required('rank of the county in all themes, 0 to 1; -999 where unknown', {
        type: 'number',
        ...named('RPL_THEMES'),
      }),
      ...Object.fromEntries(
        THEMES.map((theme, at) => [
          `theme_${at + 1}`,
          required('rank of the county in one theme, 0 to 1; -999 where unknown', { type: 'number', ...named(theme) }),
        ]),
      ),
      overall_sum: { meaning: 'sum of the series behind the rank', type: 'number', ...named('SPL_THEMES') },
    },
    unread: sviUnread(),
  }),
  naming: 'SVI_2022_US_county.csv',
};

/** Estimates, percentages, ranks and flags of the sixteen series of the index, and what goes with them. */
function sviUnread(): string {
  const series = `pov150 unemp hburd nohsdp uninsur age65 age17 disabl sngpnt limeng minrty munit mobile crowd noveh
    groupq`.split(/\s+/);
  const beside = 'noint afam hisp asian aian nhpi twomore otherrace'.split(' ');
  const estimates = [...series, ...beside, 'totpop', 'hu', 'hh'].flatMap((name) => [`e_${name}`, `m_${name}`]);
  const percentages = [...series, ...beside].flatMap((name) => [`ep_${name}`, `mp_${name}`]);
  const themes = [1, 2, 3, 4].flatMap((theme) => [`spl_theme${theme}`, `f_theme${theme}`]);
  const ranks = series.flatMap((name) => [`epl_${name}`, `f_${name}`]);
  return ['st state st_abbr stcnty county location area_sqmi e_daypop f_total', estimates, percentages, ranks, themes]
    .flat()
    .join(' ');
}

const adi: SourceTable = {
  ...inputTable({
    name: 'adi',
    grain: 'postal code (Area Deprivation Index, Neighborhood Atlas)',
    key: ['zip', 'index_year'],
    columns: {
      zip: filled('postal code of five or nine digits', {
        ...named('zip', 'zip_code', 'zip5', 'zip_4', 'zip4', 'zipid', 'zip9'),
      }),
      index_year: filled('year of the index, from the name of the file', count),
      national: required('rank from 1 to 100, or letters where it is withheld', named('ADI_NATRANK', 'ADI_NATIONAL')),
      within_state: {
        meaning: 'rank within the state from 1 to 10, or letters',
        ...named('ADI_STATERNK', 'ADI_STATERANK'),
      },
    },
    unread: 'gisjoin fips type',
  }),
  naming: 'US_2022_ADI_Zip.csv',
};

export const tables: readonly SourceTable[] = [
  assigned,
  tin,
  npi,
  unused('alr_ccn', 'assigned beneficiary and institution (table 1-3)', LEFT, 'master_id rev_line_cnt'),
  unused(
    'alr_turnover',
    'beneficiary no longer assigned (table 1-5)',
    LEFT,
    'plur_r05 ab_r01 hmo_r03 no_us_r02 mdm_r04',
  ),
  unused('alr_assignable', 'assignable beneficiary (table 1-6)', LEFT, 'va_selection_only'),
  unused(
    'alr_underserved',
    'beneficiary by area and income (table 1-9)',
    LEFT,
    'adi_natrank bene_lis_status bene_dual_status',
  ),
  exclusion,
  providerRoster,
  programEnrollment,
  gapClosure,
  cahps,
  svi,
  adi,
];
