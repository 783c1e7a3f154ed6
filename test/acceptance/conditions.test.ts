import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { make, warehouse } from '../support/warehouse.ts';

const REFERENCE = new URL('../../../shared/reference/', import.meta.url).pathname;
const table = (name: string) => `read_csv('${REFERENCE}${name}.csv', all_varchar = true)`;
const CCW = table('chronic/ccw_tuva_2022');
const CCS = table('readmission/ccs_dx10_map');
const ELIXHAUSER = table('chronic/elixhauser_refined_v2024');

/** Our names and the publisher's. */
const NAMES = [
  ['acute-myocardial-infarction', 'Acute Myocardial Infarction'],
  ['alzheimers-disease', 'Alzheimer’s Disease'],
  ['anemia', 'Anemia'],
  ['asthma', 'Asthma'],
  ['atrial-fibrillation', 'Atrial Fibrillation and Flutter'],
  ['benign-prostatic-hyperplasia', 'Benign Prostatic Hyperplasia'],
  ['cancer-breast', 'Cancer, Breast'],
  ['cancer-colorectal', 'Cancer, Colorectal'],
  ['cancer-endometrial', 'Cancer, Endometrial'],
  ['cancer-lung', 'Cancer, Lung'],
  ['cancer-prostate', 'Cancer, Prostate'],
  ['cancer-urologic', 'Cancer, Urologic (Kidney, Renal Pelvis, and Ureter)'],
  ['cataract', 'Cataract'],
  ['chronic-kidney-disease', 'Chronic Kidney Disease'],
  ['copd', 'Chronic Obstructive Pulmonary Disease'],
  ['depression', 'Depression, Bipolar, or Other Depressive Mood Disorders'],
  ['diabetes', 'Diabetes'],
  ['glaucoma', 'Glaucoma'],
  ['heart-failure', 'Heart Failure and Non-Ischemic Heart Disease'],
  ['hip-pelvic-fracture', 'Hip/Pelvic Fracture'],
  ['hyperlipidemia', 'Hyperlipidemia'],
  ['hypertension', 'Hypertension'],
  ['hypothyroidism', 'Hypothyroidism'],
  ['ischemic-heart-disease', 'Ischemic Heart Disease'],
  ['non-alzheimers-dementia', 'Non-Alzheimer’s Dementia'],
  ['osteoporosis', 'Osteoporosis With or Without Pathological Fracture'],
  ['parkinsons-disease', 'Parkinson’s Disease and Secondary Parkinsonism'],
  ['pneumonia', 'Pneumonia, All-cause'],
  ['rheumatoid-arthritis-osteoarthritis', 'Rheumatoid Arthritis/Osteoarthritis'],
  ['stroke', 'Stroke/Transient Ischemic Attack'],
  ['adhd-conduct-disorders', 'ADHD, Conduct Disorders, and Hyperkinetic Syndrome'],
  ['alcohol-use-disorders', 'Alcohol Use Disorders'],
  ['anxiety-disorders', 'Anxiety Disorders'],
  ['autism-spectrum-disorders', 'Autism Spectrum Disorders'],
  ['bipolar-disorder', 'Bipolar Disorder'],
  ['cerebral-palsy', 'Cerebral Palsy'],
  ['cystic-fibrosis', 'Cystic Fibrosis and Other Metabolic Developmental Disorders'],
  ['depressive-disorders', 'Depressive Disorders'],
  ['drug-use-disorders', 'Drug Use Disorders'],
  ['epilepsy', 'Epilepsy'],
  ['fibromyalgia', 'Fibromyalgia and Chronic Pain and Fatigue'],
  ['hiv-aids', 'Human Immunodeficiency Virus and/or Acquired Immunodeficiency Syndrome (HIV/AIDS)'],
  ['intellectual-disabilities', 'Intellectual Disabilities and Related Conditions'],
  ['learning-disabilities', 'Learning Disabilities'],
  ['leukemias-lymphomas', 'Leukemias and Lymphomas'],
  ['liver-disease', 'Liver Disease, Cirrhosis, and Other Liver Conditions (except Viral Hepatitis)'],
  ['migraine', 'Migraine and Chronic Headache'],
  ['mobility-impairments', 'Mobility Impairments'],
  ['multiple-sclerosis', 'Multiple Sclerosis and Transverse Myelitis'],
  ['muscular-dystrophy', 'Muscular Dystrophy'],
  ['obesity', 'Obesity'],
  ['opioid-use-disorder', 'Opioid Use Disorder (OUD)'],
  ['other-developmental-delays', 'Other Developmental Delays'],
  ['peripheral-vascular-disease', 'Peripheral Vascular Disease (PVD)'],
  ['personality-disorders', 'Personality Disorders'],
  ['ptsd', 'Post-Traumatic Stress Disorder (PTSD)'],
  ['pressure-chronic-ulcers', 'Pressure and Chronic Ulcers'],
  ['schizophrenia', 'Schizophrenia'],
  ['schizophrenia-psychotic-disorders', 'Schizophrenia and Other Psychotic Disorders'],
  ['blindness-visual-impairment', 'Sensory — Blindness and Visual Impairment'],
  ['deafness-hearing-impairment', 'Sensory — Deafness and Hearing Impairment'],
  ['sickle-cell-disease', 'Sickle Cell Disease'],
  ['spina-bifida', 'Spina Bifida and Other Congenital Anomalies of the Nervous System'],
  ['spinal-cord-injury', 'Spinal Cord Injury'],
  ['tobacco-use', 'Tobacco Use'],
  ['traumatic-brain-injury', 'Traumatic Brain Injury and Nonpsychotic Mental Disorders due to Brain Damage'],
  ['viral-hepatitis', 'Viral Hepatitis (general)'],
] as const;

/** The publisher's words for the claims that qualify; the settings that one claim, and that several, may come from. */
const STAYS = ['inpatient', 'skilled nursing', 'home health'];
const VISITS = ['hospital outpatient', 'emergency', 'carrier'];
const OTHERS = ['skilled nursing', 'home health', ...VISITS, 'hospice', 'equipment'];
const QUALIFYING: readonly (readonly [RegExp, readonly string[], readonly string[], number])[] = [
  [/^At least 1 inpatient\/SNF\/HHA claim OR 2 HOP\/carrier claims with DX codes$/i, STAYS, VISITS, 2],
  [
    /^At least 1 inpatient\/SNF claim OR 2 HOP\/carrier claims with DX codes$/,
    ['inpatient', 'skilled nursing'],
    VISITS,
    2,
  ],
  [/^At least 1 inpatient claim with DX codes$/, ['inpatient'], [], 1],
  [/^At least 1 HOP or carrier claim with DX codes$/, VISITS, [], 1],
  [/^At least 1 inpatient, HOP or carrier claim with DX codes$/, ['inpatient', ...VISITS], [], 1],
  [
    /^At least 1 inpatient, SNF, HOP or carrier claim with DX codes$/,
    ['inpatient', 'skilled nursing', ...VISITS],
    [],
    1,
  ],
  [/^3 or more non-drug claims of any service type/, [], ['inpatient', ...OTHERS], 3],
  [
    /1 emergency department \(ED\) claim/,
    ['inpatient', 'emergency'],
    OTHERS.filter((setting) => setting !== 'emergency'),
    2,
  ],
  [
    /^At least 1 inpatient claim OR 2 (other non-drug claims of any service type|non- inpatient claims)/,
    ['inpatient'],
    OTHERS,
    2,
  ],
];

describe.skipIf(!existsSync(`${REFERENCE}chronic`))(
  'chronic conditions are those of the published lists (skipped without ../shared)',
  () => {
    let connection: DuckDBConnection;
    beforeAll(async () => {
      connection = await warehouse();
      await connection.run(`create table name as from (values
        ${NAMES.map(([id, name]) => `('${id}', ${quoted(name)})`).join(', ')}) as name (id, condition)`);
      // A procedure of liver disease needs its diagnosis on the claim: an admission, which is enough by itself.
      await connection.run(`create table published as
        select condition, case inclusion_type when 'Include' then 'condition-' else 'excluded-from-' end || id as value_set,
          inclusion_type, lower(code_system) as code_system, code
        from ${CCW} left join name using (condition)
        where code_system <> 'HCC' and not (code_system = 'ICD-10-PCS' and id = 'liver-disease')`);
      await connection.run(`create table known as
        with family as (
          select left(code, 3) as family from published where code_system = 'icd-10-cm'
          union select left(icd10cm, 3) from ${ELIXHAUSER}
        )
        select code from ${CCS} where left(code, 3) in (from family)`);
      const seen = (input: string, system: string, codes: string) =>
        connection.run(
          `insert into input.${input} (source_name, file_id, line_number, person_id, ${input}_id, source_code_type, source_code)
           select 'claims', 1, row_number() over (), 'ann', code, '${system}', code from (${codes})`,
        );
      await seen(
        'condition',
        'icd-10-cm',
        `from known union select code from published where code_system = 'icd-10-cm' union select icd10cm from ${ELIXHAUSER}`,
      );
      for (const system of ['icd-10-pcs', 'hcpcs', 'ndc', 'ms-drg']) {
        await seen('procedure', system, `select code from published where code_system = '${system}'`);
      }
      await make(connection, 'core.coded_concept', 'mart.condition_rule');
    }, 120_000);
    afterAll(() => connection.closeSync());

    test('code by code; only codes born after the lists, which follow their family, are more', async () => {
      const published = 'select value_set, code_system, code from published where value_set is not null';
      const ours = `select value_set, code_system, code from core.coded_concept
        where regexp_matches(value_set, '^(condition|excluded-from)-') and code_system <> 'snomed'
          and value_set not in ('condition-cancer', 'condition-dementia')`;
      const wrong = await rows(
        connection,
        `select 'we lack' as what, * from (${published} except ${ours})
         union all
         select 'we add', * from (${ours} except ${published}) as added
         where code_system <> 'icd-10-cm' or code in (from known)`,
      );
      expect(wrong).toEqual([]);
      const sets = await rows(connection, `select count(distinct value_set)::integer as sets from (${published})`);
      expect(sets).toEqual([{ sets: NAMES.length + 2 }]);
    });

    test('but for the forms of hepatitis, which are all in the one that we have', async () => {
      const left = await rows(
        connection,
        'select distinct condition from published where value_set is null order by all',
      );
      expect(left.filter(({ condition }) => !String(condition).startsWith('Hepatitis '))).toEqual([]);
      const codes = await rows(
        connection,
        `select code from published where condition like 'Hepatitis%'
         except select code from published where value_set = 'condition-viral-hepatitis'`,
      );
      expect(codes).toEqual([]);
    });

    test('are established by the claims that the publisher names', async () => {
      const found = await rows(
        connection,
        `select id, any_value(claims_qualification) as words, any_value(list_sort(single_settings)) as one,
           any_value(list_sort(repeated_settings)) as several, any_value(claims_needed) as needed
         from name join ${CCW} using (condition) join mart.condition_rule as rule on rule.condition = id group by id`,
      );
      expect(found).toHaveLength(NAMES.length);
      for (const { id, words, one, several, needed } of found) {
        const rule = QUALIFYING.find(([pattern]) => pattern.test(String(words)));
        expect([id, one, several, needed]).toEqual([
          id,
          [...(rule?.[1] ?? [])].sort(),
          [...(rule?.[2] ?? [])].sort(),
          rule?.[3],
        ]);
      }
    });

    test('Elixhauser comorbidities are those of the published table', async () => {
      const wrong = await rows(
        connection,
        `select seen.code, published.comorbidity, match.category
         from (from known union select icd10cm from ${ELIXHAUSER}) as seen
         left join ${ELIXHAUSER} as published on published.icd10cm = seen.code
         left join core.code_match as match on match.value_set = 'elixhauser' and match.code = seen.code
         where replace(published.comorbidity, '_', '-') is distinct from match.category`,
      );
      expect(wrong).toEqual([]);
    });
  },
);
