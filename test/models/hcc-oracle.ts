import { readFileSync } from 'node:fs';

/** A span of coverage, from the first day of a month to the last day of one. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly payerType: string;
  readonly hasPartB: boolean;
  readonly dual: string | null;
  readonly entitlement: string | null;
  readonly medicareStatus: string | null;
  readonly isInstitutional: boolean;
  readonly snp: string | null;
  readonly esrd: boolean;
  readonly esrdStatus: string | null;
  readonly transplantMonths: number | null;
}

export interface Claim {
  readonly type: 'institutional' | 'professional';
  readonly bill: string | null;
  readonly start: string;
  readonly end: string;
  readonly procedures: readonly (string | null)[];
  readonly diagnoses: readonly string[];
  readonly isDenied: boolean;
}

export interface Person {
  readonly id: string;
  readonly birth: string;
  readonly death: string | null;
  readonly sex: 'female' | 'male';
  readonly spans: readonly Span[];
  readonly claims: readonly Claim[];
}

export interface Scored {
  readonly person: string;
  readonly model: string;
  readonly year: number;
  readonly segment: string;
  readonly hccs: readonly number[];
  /** Null where the model has no relative factors for the year. */
  readonly raw: number | null;
  readonly normalized: number | null;
  readonly payment: number | null;
}

/** The cells of our table files, split anew: no code of the pipeline reads them here. */
const cells = (name: string): string[][] =>
  readFileSync(new URL(`../../pipelines/reference-tables/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(','));

const within = (years: string, year: number): boolean => {
  const [from = '', to] = years.split('-');
  return year >= Number(from) && year <= (to === undefined ? Number(from) : to === '' ? 9999 : Number(to));
};

const maps = cells('hcc-diagnosis').map(([version, years = '', hcc, codes = '']) => ({
  ...{ version, years, hcc: Number(hcc || 0), codes: new Set(codes.split(' ')) },
}));
const hierarchies = cells('hcc-hierarchy').map(([version, years = '', step, hcc, drops = '']) => ({
  ...{ version, years, step: Number(step), hcc: Number(hcc), drops: drops.split(' ').map(Number) },
}));
const factors = new Map(
  cells('hcc-coefficient').flatMap(([model, years = '', variable, segments = '', values = '']) =>
    segments
      .split(' ')
      .flatMap((segment, at) =>
        [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027]
          .filter((year) => within(years, year))
          .map((year) => [`${model} ${year} ${segment} ${variable}`, Number(values.split(' ')[at])] as const),
      ),
  ),
);
const scoredYears = new Set([...factors.keys()].map((key) => key.slice(0, key.search(/ 20\d\d /) + 5)));
const payments = cells('hcc-payment');
const procedures = cells('hcc-procedure').map(([years = '', codes = '']) => ({ years, codes: codes.split(' ') }));

/** Answers are kept: random people share few codes. */
function remembered<Answer>(answer: (code: string, year: number, version: string) => Answer) {
  const known = new Map<string, Answer>();
  return (code: string, year: number, version = ''): Answer => {
    const key = `${version} ${year} ${code}`;
    const found = known.get(key) ?? answer(code, year, version);
    known.set(key, found);
    return found;
  };
}

/** Categories of a code, 0 among them where the code has one that is not known; none where it has none. */
const categoriesOf = remembered((code, year, version) =>
  maps.filter((row) => row.version === version && within(row.years, year) && row.codes.has(code)).map(({ hcc }) => hcc),
);

const isEligible = remembered((code, year) =>
  procedures.some(
    ({ years, codes }) =>
      within(years, Math.max(year, 2023)) &&
      codes.some((one) => {
        const [from = '', to = from] = one.split('-');
        return code.length === from.length && code >= from && code <= to;
      }),
  ),
);

const OUTPATIENT = ['12', '13', '43', '71', '73', '76', '77', '85'];

const counts = (claim: Claim): boolean => {
  if (claim.isDenied) return false;
  const hasProcedure = claim.procedures.some(
    (code) => code !== null && isEligible(code, Number(claim.start.slice(0, 4))),
  );
  if (claim.type === 'professional') return hasProcedure;
  const facility = (claim.bill ?? '').slice(0, 2);
  return facility === '11' || facility === '41' || (OUTPATIENT.includes(facility) && hasProcedure);
};

const LUNG = 'J410 J411 J418 J42 J430 J431 J432 J438 J439 J440 J441 J449 J982 J983'.split(' ');
const NEWBORN = [
  ...'P040 P041 P0411 P0412 P0413 P0414 P0415 P0416 P0417 P0418 P0419 P041A P042 P043 P0440 P0441 P0442 P0449'.split(
    ' ',
  ),
  ...'P045 P046 P048 P0481 P0489 P049 P270 P271 P278 P279 P930 P938 P961 P962'.split(' '),
];
const BREAST = /^C50[0-689][12][129]$/;

/** The macros V24I0ED1 and V28I0ED1: the category instead, -1 for none, 9999 where the map decides. */
function edited(version: string, code: string, sex: string, age: number): number {
  if (version === 'V28') {
    if (sex === 'female' && (code === 'D66' || code === 'D67')) return 112;
    if (age < 18 && LUNG.includes(code)) return -1;
    if (age < 50 && BREAST.test(code)) return 22;
    return age >= 2 && NEWBORN.includes(code) ? -1 : 9999;
  }
  if (sex === 'female' && (code === 'D66' || code === 'D67')) return 48;
  if (age < 18 && LUNG.includes(code)) return 112;
  return (age < 6 || age > 18) && code === 'F3481' ? -1 : 9999;
}

const BANDS = ['0_34', '35_44', '45_54', '55_59', '60_64', '65_69', '70_74', '75_79', '80_84', '85_89', '90_94'];
const TOPS = [34, 44, 54, 59, 64, 69, 74, 79, 84, 89, 94];
const band = (age: number): string => BANDS[TOPS.findIndex((top) => age <= top)] ?? '95_GT';

/** Whole years on 1 February: months since the birth, less one where the day is not reached, by twelve. */
function ageOn(year: number, birth: string): number {
  const [born = 0, month = 0, day = 0] = birth.split('-').map(Number);
  const months = (year - born) * 12 + (2 - month) - (1 < day ? 1 : 0);
  return Math.max(0, Math.floor(months / 12));
}

/** The interactions as the macros write them, of the flags that hold. */
function interactions(model: string, has: (...hccs: number[]) => boolean, disabled: boolean, age: number): string[] {
  const held: Record<string, boolean> = {};
  if (model === 'V28') {
    const cancer = has(17, 18, 19, 20, 21, 22, 23);
    const diabetes = has(35, 36, 37, 38);
    const failure = has(211, 212, 213);
    const heart = has(221, 222, 223, 224, 225, 226);
    const lung = has(276, 277, 278, 279, 280);
    const substance = has(135, 136, 137, 138, 139);
    Object.assign(held, {
      DIABETES_HF_V28: diabetes && heart,
      HF_CHR_LUNG_V28: heart && lung,
      HF_KIDNEY_V28: heart && has(326, 327, 328, 329),
      CHR_LUNG_CARD_RESP_FAIL_V28: lung && failure,
      HF_HCC238_V28: heart && has(238),
      gSubUseDisorder_gPsych_V28: substance && has(151, 152, 153, 154, 155),
      DISABLED_CANCER_V28: disabled && cancer,
      DISABLED_NEURO_V28: disabled && has(180, 181, 182, 190, 191, 192, 195, 196, 198, 199),
      DISABLED_HF_V28: disabled && heart,
      DISABLED_CHR_LUNG_V28: disabled && lung,
      DISABLED_ULCER_V28: disabled && has(379, 380, 381, 382),
    });
  } else {
    const cancer = has(8, 9, 10, 11, 12);
    const diabetes = has(17, 18, 19);
    const failure = has(82, 83, 84);
    const heart = has(85);
    const lung = has(110, 111, 112);
    const addiction = has(54, 55, 56);
    const mind = has(57, 58, 59, 60);
    const sepsis = has(2);
    const ulcer = has(157, 158, 159);
    const [opening, aspiration, schizophrenia] = [has(188), has(114), has(57)];
    if (model === 'ESRD V21') {
      const [copd, sore] = [has(110, 111), ulcer || has(160)];
      Object.assign(held, {
        SEPSIS_CARD_RESP_FAIL: sepsis && failure,
        CANCER_IMMUNE: cancer && has(47),
        DIABETES_CHF: diabetes && heart,
        CHF_COPD: heart && copd,
        CHF_RENAL: heart && has(134, 135, 136, 137, 138, 139, 140, 141),
        COPD_CARD_RESP_FAIL: copd && failure,
        SEPSIS_PRESSURE_ULCER: sepsis && sore,
        SEPSIS_ARTIF_OPENINGS: sepsis && opening,
        ART_OPENINGS_PRESSURE_ULCER: opening && sore,
        COPD_ASP_SPEC_BACT_PNEUM: copd && aspiration,
        ASP_SPEC_BACT_PNEUM_PRES_ULC: aspiration && sore,
        SEPSIS_ASP_SPEC_BACT_PNEUM: sepsis && aspiration,
        SCHIZOPHRENIA_COPD: schizophrenia && copd,
        SCHIZOPHRENIA_CHF: schizophrenia && heart,
        SCHIZOPHRENIA_SEIZURES: schizophrenia && has(79),
        NONAGED_PRESSURE_ULCER: disabled && sore,
      });
      for (const hcc of [6, 34, 39, 46, 54, 55, 77, 85, 110, 161, 176])
        held[`NONAGED_HCC${hcc}`] = disabled && has(hcc);
    } else {
      const esrd = model === 'ESRD V24' ? '_V24' : '';
      Object.assign(held, {
        HCC47_gCancer: has(47) && cancer,
        DIABETES_CHF: diabetes && heart,
        CHF_gCopdCF: heart && lung,
        HCC85_gRenal_V24: heart && has(134, 135, 136, 137, 138),
        gCopdCF_CARD_RESP_FAIL: lung && failure,
        HCC85_HCC96: heart && has(96),
        gSubstanceUseDisorder_gPsych: addiction && mind,
        gSubUseDs_gPsych_V24: addiction && mind,
        [`SEPSIS_PRESSURE_ULCER${esrd}`]: sepsis && ulcer,
        SEPSIS_ARTIF_OPENINGS: sepsis && opening,
        [`ART_OPENINGS_PRESS_ULCER${esrd}`]: opening && ulcer,
        gCopdCF_ASP_SPEC_B_PNEUM: lung && aspiration,
        [`ASP_SPEC_B_PNEUM_PRES_ULC${esrd}`]: aspiration && ulcer,
        SEPSIS_ASP_SPEC_BACT_PNEUM: sepsis && aspiration,
        SCHIZOPHRENIA_gCopdCF: schizophrenia && lung,
        SCHIZOPHRENIA_CHF: schizophrenia && heart,
        SCHIZOPHRENIA_SEIZURES: schizophrenia && has(79),
        DISABLED_PRESSURE_ULCER: disabled && ulcer,
        NONAGED_gSubUseDs_gPsych: age < 65 && addiction && mind,
        NONAGED_PRESSURE_ULCER_V24: age < 65 && ulcer,
      });
      for (const hcc of [6, 39, 77, 85, 161]) held[`DISABLED_HCC${hcc}`] = disabled && has(hcc);
      for (const hcc of [6, 34, 39, 46, 77, 85, 110, 161, 176]) held[`NONAGED_HCC${hcc}`] = age < 65 && has(hcc);
    }
  }
  return Object.keys(held).filter((variable) => held[variable]);
}

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
};

/** Month since the transplant, the month of the transplant being 1; null on dialysis. */
function transplantMonth(person: Person, span: Span, month: number, dataYear: number): number | null {
  if (span.transplantMonths !== null) return Math.max(1, Math.floor(span.transplantMonths));
  if (span.esrdStatus === 'graft') return 10;
  if (span.esrdStatus !== null) return null;
  const upTo = person.claims.filter((claim) => !claim.isDenied && monthOf(claim.start) <= month);
  const days = (claims: readonly Claim[]): string | undefined =>
    claims
      .map((claim) => claim.start)
      .sort()
      .at(-1);
  const transplant = days(upTo.filter((claim) => claim.procedures.includes('50360')));
  const dialysis = days(upTo.filter((claim) => claim.procedures.includes('90999') || claim.bill?.startsWith('72')));
  if (transplant === undefined) {
    const isCoded = person.claims.some(
      (claim) => counts(claim) && claim.diagnoses.includes('Z940') && claim.end.startsWith(String(dataYear)),
    );
    return dialysis === undefined && isCoded ? 10 : null;
  }
  if (dialysis !== undefined && dialysis > addMonths(transplant, 3)) return null;
  return month - monthOf(transplant) + 1;
}

/** Scores a person as the SAS programs of CMS do, line by line; null where the person has no score of the year. */
export function scoreOf(person: Person, model: string, year: number, lastMonth: number): Scored | null {
  const version = model === 'ESRD V21' ? 'V21' : model === 'ESRD V24' ? 'V24' : model;
  const isEsrdModel = model.startsWith('ESRD');
  const dataYear = year - 1;
  if (person.death !== null && person.death < `${year}-01-01`) return null;

  const months = new Map<number, Span>();
  for (const span of person.spans) {
    const isMedicare = span.payerType.startsWith('medicare') || span.medicareStatus !== null;
    const last = Math.min(monthOf(span.to), lastMonth, person.death === null ? Infinity : monthOf(person.death));
    for (let month = monthOf(span.from); isMedicare && month <= last; month++) months.set(month, span);
  }
  const inYear = (wanted: number): number[] =>
    [...months.keys()].filter((month) => Math.floor(month / 12) === wanted).sort((a, b) => a - b);
  const month = inYear(year)[0] ?? inYear(dataYear).at(-1);
  const span = month === undefined ? undefined : months.get(month);
  if (month === undefined || span === undefined) return null;
  const isEsrd = span.esrd || span.esrdStatus !== null || ['11', '21', '31'].includes(span.medicareStatus ?? '');
  if (isEsrdModel && !isEsrd) return null;

  const latest = (value: (span: Span) => string | null): string | null =>
    person.spans
      .map(value)
      .filter((one) => one !== null)
      .at(-1) ?? null;
  const OREC = latest((one) => one.entitlement) ?? '';
  const dual = span.dual ?? latest((one) => one.dual) ?? '';
  const isFull = ['02', '04', '08'].includes(dual);
  const isPartial = ['01', '03', '05', '06'].includes(dual);
  const years = ageOn(year, person.birth);
  const turns65 = years === 64 && OREC === '0';
  const AGEF = turns65 && (model === 'V24' || model === 'ESRD V21') ? 65 : years;
  const DISABL = AGEF < 65 && OREC !== '0';
  const ORIGDS = OREC === '1' && !DISABL;
  const isNew = inYear(dataYear).filter((one) => months.get(one)?.hasPartB).length < 12;

  const CC = new Set<number>();
  for (const claim of person.claims) {
    if (!counts(claim) || !claim.end.startsWith(String(dataYear))) continue;
    for (const code of claim.diagnoses) {
      const categories = categoriesOf(code, year, version);
      if (categories.length === 0) continue;
      const instead = edited(version, code, person.sex, AGEF);
      for (const cc of instead === 9999 ? categories : [instead]) if (cc > 0) CC.add(cc);
    }
  }
  if (model === 'V28' && CC.has(223) && ![221, 222, 224, 225, 226].some((cc) => CC.has(cc))) CC.delete(223);
  if (model === 'ESRD V21') CC.delete(134);
  if (model === 'ESRD V24') for (const cc of [134, 135, 136, 137, 138]) CC.delete(cc);
  const HCC = new Set(CC);
  for (const { hcc, drops } of hierarchies.filter((row) => row.version === version).sort((a, b) => a.step - b.step)) {
    if (HCC.has(hcc)) for (const dropped of drops) HCC.delete(dropped);
  }

  const kidney = isEsrdModel ? transplantMonth(person, span, month, dataYear) : null;
  const duration = kidney === null || kidney <= 3 ? null : kidney <= 9 ? 'DUR4_9' : 'DUR10PL';
  const isI = span.isInstitutional || span.snp === 'I-SNP';
  let segment: string;
  if (!isEsrdModel) {
    if (isI) segment = 'INS';
    else if (isNew) segment = span.snp === 'C-SNP' ? 'SNPNE' : 'NE';
    else segment = `C${isFull ? 'F' : isPartial ? 'P' : 'N'}${AGEF >= 65 ? 'A' : 'D'}`;
  } else if (kidney === null) segment = isNew ? 'DNE' : 'DI';
  else if (kidney <= 3) segment = 'TRANSPLANT';
  else if (isI) segment = 'GI';
  else if (isNew) segment = 'GNE';
  else if (model === 'ESRD V21') segment = 'GC';
  else segment = `${isFull ? 'GF' : 'GNP'}${AGEF >= 65 ? 'A' : 'N'}`;

  const factor = (variable: string): number =>
    factors.get(`${model} ${year} ${segment} ${variable}`) ?? factors.get(`${model} ${year} any ${variable}`) ?? 0;
  const sexLetter = person.sex === 'female' ? 'F' : 'M';
  const Sex = person.sex === 'female' ? 'Female' : 'Male';
  const variables: string[] = [];
  let divisor = 1;
  if (segment === 'TRANSPLANT') variables.push(`TRANSPLANT_KIDNEY_ONLY_${kidney}M`);
  else if (['NE', 'SNPNE', 'DNE', 'GNE'].includes(segment)) {
    const isAged = AGEF >= 65 || turns65;
    const from = OREC === '1' && (segment === 'DNE' || isAged) ? 'ORIGDIS' : 'NORIGDIS';
    const who = model === 'ESRD V24' ? (isFull ? 'FBD' : 'ND_PBD') : isFull || isPartial ? 'MCAID' : 'NMCAID';
    const old = turns65 ? 65 : AGEF;
    const cell =
      segment === 'DNE' ? (old >= 85 ? '85_GT' : band(old)) : old >= 65 && old <= 69 ? String(old) : band(old);
    variables.push(`${who}_${from}${segment === 'GNE' ? '_G' : ''}_NE${sexLetter}${cell}`);
    if (segment === 'GNE') {
      const aged = isAged ? 'GE65' : 'LT65';
      if (model === 'ESRD V21') variables.push(`${aged}_${duration}`);
      else {
        variables.push(`FGC_${aged}_${duration}_${isFull ? 'FBD' : 'ND_PBD'}`);
        divisor = duration === 'DUR4_9' ? 0.905 : 0.698;
      }
    }
  } else {
    variables.push(sexLetter + band(AGEF));
    for (const hcc of HCC) variables.push(`HCC${hcc}`);
    if (ORIGDS) variables.push(`OriginallyDisabled_${Sex}`);
    if (isI && (isFull || isPartial)) variables.push('LTIMCAID');
    variables.push(HCC.size >= 10 ? 'D10P' : `D${HCC.size}`);
    variables.push(...interactions(model, (...hccs) => hccs.some((hcc) => HCC.has(hcc)), DISABL, AGEF));
    if ((OREC === '2' || OREC === '3') && AGEF >= 65) variables.push(`Originally_ESRD_${Sex}`);
    const aged = AGEF >= 65 ? 'Aged' : 'NonAged';
    if (model === 'ESRD V21') {
      if (isFull || isPartial) variables.push('MCAID', `MCAID_${Sex}_${DISABL ? 'NonAged' : 'Aged'}`);
      if (duration !== null) variables.push(`${AGEF >= 65 ? 'GE65' : 'LT65'}_${duration}`);
    }
    if (model === 'ESRD V24') {
      if (isFull) variables.push(`FBDual_${Sex}_${aged}`);
      if (isPartial) variables.push(`PBDual_${Sex}_${aged}`);
      if (isI) variables.push(`LTI_${aged}`);
      if (duration !== null) {
        const graft = segment === 'GI' ? 'FGI' : 'FGC';
        const tier = AGEF >= 65 ? 'GE65' : 'LT65';
        variables.push(`${graft}_${tier}_${duration}_${isFull ? 'FBD' : 'ND_PBD'}`);
        if (isPartial) variables.push(`${graft}_PBD_${tier}_flag`);
        if (segment === 'GI') variables.push(`LTI_${tier}`);
      }
    }
  }
  const to3 = (value: number): number => Math.round(value * 1000 + 1e-7) / 1000;
  const isScored = scoredYears.has(`${model} ${year}`);
  const raw = to3(variables.reduce((sum, variable) => sum + factor(variable), 0) / divisor);
  const row = payments.find(
    ([ofModel, ofYear, status]) =>
      ofModel === model &&
      ofYear === String(year) &&
      (status === 'all' || (status === 'graft') === segment.startsWith('G')),
  );
  const normalized = row?.[3] ? to3(raw / Number(row[3])) : null;
  const isAdvantage =
    inYear(year).some((one) => months.get(one)?.payerType === 'medicare advantage') ||
    (inYear(year).length === 0 && span.payerType === 'medicare advantage');
  const isPaid = isAdvantage && normalized !== null && Boolean(row?.[4]) && isEsrdModel === isEsrd;
  return {
    ...{ person: person.id, model, year, segment, hccs: [...HCC].sort((a, b) => a - b) },
    raw: isScored ? raw : null,
    normalized: isScored ? normalized : null,
    payment: isScored && isPaid ? to3((normalized ?? 0) * (1 - Number(row?.[4]))) : null,
  };
}
