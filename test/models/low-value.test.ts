import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { given, make, warehouse } from '../support/warehouse.ts';

/** What is found on a day: an ICD-10-CM code, a billed number, or EMERGENCY for a visit there. */
interface Finding {
  readonly code: string;
  readonly from: number;
  readonly to: number;
}

const EVER = -4000;
const within = (code: string, from: number, to: number): Finding => ({ code, from, to });

/** Every measure a second time, in representative codes: windows in days from the service. */
const measures: Readonly<
  Record<string, { service: string; gender?: 'male'; needs?: readonly Finding[]; excuses: readonly Finding[] }>
> = {
  psa_test: {
    service: 'G0103',
    gender: 'male',
    excuses: [within('C61', EVER, 0), within('R9720', EVER, 0)],
  },
  cervical_screening: {
    service: '88175',
    excuses: [within('C539', EVER, 0), within('N871', EVER, 0), within('B20', EVER, 0)],
  },
  colorectal_screening: {
    service: '45378',
    needs: [within('Z1211', -1, 0)],
    excuses: [within('C187', EVER, 0)],
  },
  bone_density: {
    service: '77080',
    needs: [within('M810', EVER, 0), within('77081', -730, -31)],
    excuses: [within('C50911', EVER, 0), within('S52501A', -730, 0)],
  },
  back_imaging: {
    service: '72148',
    needs: [within('M5450', -42, 0)],
    excuses: [
      within('M5450', -365, -43),
      within('C7951', -365, 0),
      within('W1830XA', -42, 0),
      within('S32010A', -42, 0),
      within('M5416', -42, 0),
      within('R509', -42, 0),
    ],
  },
  headache_imaging: {
    service: '70551',
    needs: [within('R519', -1, 0)],
    excuses: [
      within('G4453', -1, 0),
      within('R55', -1, 0),
      within('R4781', -1, 0),
      within('S0990XA', -1, 0),
      within('C61', -365, 0),
      within('I639', -365, 0),
      within('G40909', -365, 0),
    ],
  },
  syncope_imaging: {
    service: '70450',
    needs: [within('R55', -1, 0)],
    excuses: [within('R4781', -1, 0), within('S0990XA', -1, 0), within('Z8673', -365, 0), within('G40909', -365, 0)],
  },
  sinus_ct: {
    service: '70486',
    needs: [within('J0190', -1, 0)],
    excuses: [within('J329', -365, -30), within('J339', -1, 0), within('S0990XA', -1, 0), within('D849', -365, 0)],
  },
  carotid_imaging: {
    service: '93880',
    excuses: [
      within('EMERGENCY', 0, 0),
      within('G459', EVER, 0),
      within('R202', -1, 0),
      within('R0989', -1, 0),
      within('R55', -14, 0),
    ],
  },
  carotid_syncope: {
    service: '93880',
    needs: [within('R55', -14, 0)],
    excuses: [within('G459', EVER, 0), within('R202', -14, 0)],
  },
  surgery_chest_x_ray: {
    service: '71046',
    needs: [within('66984', 1, 30)],
    excuses: [within('EMERGENCY', 0, 0)],
  },
  surgery_echocardiogram: {
    service: '93306',
    needs: [within('47562', 1, 30)],
    excuses: [within('EMERGENCY', 0, 0)],
  },
  surgery_pulmonary_function: {
    service: '94010',
    needs: [within('49505', 1, 30)],
    excuses: [within('EMERGENCY', 0, 0)],
  },
  surgery_stress_test: {
    service: '78452',
    needs: [within('29881', 1, 30)],
    excuses: [within('EMERGENCY', 0, 0)],
  },
  coronary_stress_test: {
    service: '93015',
    needs: [within('I2510', EVER, -180)],
    excuses: [within('I214', -179, 0), within('66984', 1, 30), within('EMERGENCY', 0, 0)],
  },
  knee_arthroscopy: {
    service: '29877',
    needs: [within('M1711', -1, 0)],
    excuses: [within('S83241A', -1, 0)],
  },
  vertebroplasty: {
    service: '22513',
    needs: [within('M8008XA', -1, 0)],
    excuses: [within('C9000', -365, 0), within('D1809', -365, 0)],
  },
  spinal_injection: {
    service: '62323',
    needs: [within('M5450', -14, 0)],
    excuses: [within('M5442', -14, 0), within('M5416', -14, 0), within('EMERGENCY', 0, 0)],
  },
};

const SERVICE_DAY = '2024-06-10';
const day = (offset: number) => new Date(Date.parse(SERVICE_DAY) + offset * 86_400_000).toISOString().slice(0, 10);

/** Somebody of 94 who got the service, with what a measure needs around it and one finding more or elsewhere. */
interface Person {
  readonly id: string;
  readonly measure: string;
  readonly service: string;
  readonly gender: string;
  readonly found: readonly { readonly code: string; readonly offset: number }[];
}

const people: Person[] = Object.entries(measures).flatMap(
  ([measure, { service, gender = 'female', needs = [], excuses }]) => {
    const usual = needs.map(({ code, to }) => ({ code, offset: to }));
    const edges = ({ from, to }: Finding) => [...new Set([...(from === EVER ? [EVER] : [from - 1, from]), to, to + 1])];
    const histories = [
      usual,
      ...needs.flatMap((need, at) => edges(need).map((offset) => usual.with(at, { code: need.code, offset }))),
      ...needs.map((_, at) => usual.toSpliced(at, 1)),
      ...excuses.flatMap((excuse) => edges(excuse).map((offset) => [...usual, { code: excuse.code, offset }])),
    ];
    return histories.map((found) => {
      const story = found.map(({ code, offset }) => `${code} on day ${offset}`).join(', ');
      return { id: `${measure}: ${story || 'nothing else'}`, measure, service, gender, found };
    });
  },
);

function isCounted({ measure, found }: Person): boolean {
  const { needs = [], excuses = [] } = measures[measure] ?? {};
  const isFound = ({ code, from, to }: Finding) =>
    found.some((one) => one.code === code && from <= one.offset && one.offset <= to);
  return needs.every(isFound) && !excuses.some(isFound);
}

const office = (person: string, date: string, hcpcs: string, diagnosis: string) =>
  `${person} | ${date} | ${date} | professional | | | | 11 | ${hcpcs} | ${diagnosis}`;

function claim(person: string, { code, offset }: Person['found'][number]): string {
  const date = day(offset);
  if (code === 'EMERGENCY') return `${person} | ${date} | ${date} | institutional | 131 | 0450 | north | | 99284 | I10`;
  return /^\d{5}$/.test(code) ? office(person, date, code, '') : office(person, date, '99213', code);
}

describe('low-value services', () => {
  let counted: string[];

  beforeAll(async () => {
    const connection = await warehouse();
    const lines = people.flatMap(({ id, service, found }) => [
      office(id, SERVICE_DAY, service, ''),
      ...found.map((one) => claim(id, one)),
    ]);
    await given(connection, {
      'input.eligibility': [
        'person_id | birth_date | gender | payer | enrollment_start_date | enrollment_end_date',
        ...people.map(({ id, gender }) => `${id} | 1930-03-01 | ${gender} | medicare | 2024-01-01 | 2024-12-31`),
      ].join('\n'),
      'input.medical_claim': [
        'claim_id | claim_line_number | diagnosis_code_type | person_id | claim_start_date | claim_end_date | claim_type | bill_type_code | revenue_center_code | facility_npi | place_of_service_code | hcpcs_code | diagnosis_code_1',
        ...lines.map((line, at) => `${at} | 1 | icd-10-cm | ${line}`),
      ].join('\n'),
    });
    await make(connection, 'mart.low_value_service');
    const services = await rows(
      connection,
      `select source.source_person_id || ' -> ' || service.measure as counted
      from mart.low_value_service as service
      join core.person_source as source on source.person_id = service.person_id
      where service.service_date = date '${SERVICE_DAY}'`,
    );
    counted = services.map((row) => String(row.counted));
    connection.closeSync();
  }, 120_000);

  it.each(Object.keys(measures))('%s counts, is excused, and keeps its windows to the day', (measure) => {
    const own = people.filter((person) => person.measure === measure);
    const got = own.filter(({ id }) => counted.includes(`${id} -> ${measure}`)).map(({ id }) => id);
    expect(got).toEqual(own.filter(isCounted).map(({ id }) => id));
    expect(got.length).toBeGreaterThan(0);
  });

  it('count in one measure each', () => {
    expect(new Set(counted.map((one) => one.split(' -> ')[0])).size).toBe(counted.length);
  });
});
