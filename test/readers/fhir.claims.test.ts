import { describe, expect, it } from 'vitest';
import { blueButton, CARIN, coded, ICD10, lines, NPI, type Resource, reasons } from './fhir-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

describe('claims', () => {
  const variable = (name: string, value: number) => ({
    category: {
      coding: [{ system: 'https://bluebutton.cms.gov/resources/codesystem/adjudication', code: blueButton(name) }],
    },
    amount: { value },
  });
  const category = (code: string, value: number) => ({
    category: { coding: [{ system: CARIN, code }] },
    amount: { value },
  });
  const claim = {
    resourceType: 'ExplanationOfBenefit',
    id: 'carrier-1',
    status: 'active',
    patient: { reference: 'Patient/ann' },
    billablePeriod: { start: '2024-03-01', end: '2024-03-02' },
    type: {
      coding: [
        { system: blueButton('nch_clm_type_cd'), code: '71' },
        { system: 'https://bluebutton.cms.gov/resources/codesystem/eob-type', code: 'CARRIER' },
      ],
    },
    identifier: [{ system: blueButton('clm_id'), value: '777' }],
    diagnosis: [
      { sequence: 1, diagnosisCodeableConcept: coded(ICD10, 'I10') },
      { sequence: 2, diagnosisCodeableConcept: coded(ICD10, 'E11.9'), type: [coded('t', 'principal')] },
      { sequence: 3, diagnosisCodeableConcept: coded(ICD10, 'R07.9'), type: [coded('t', 'admitting')] },
    ],
    careTeam: [
      { sequence: 1, provider: { identifier: { system: NPI, value: '1111111112' } }, role: coded('r', 'referring') },
      {
        sequence: 2,
        provider: { identifier: { system: NPI, value: '2222222222' } },
        role: coded('r', 'performing'),
        qualification: coded(blueButton('prvdr_spclty'), '08'),
      },
    ],
    payment: { date: '2024-03-20', amount: { value: 120.5 } },
    item: [
      {
        sequence: 1,
        careTeamSequence: [2],
        productOrService: coded('https://bluebutton.cms.gov/resources/codesystem/hcpcs', '99213'),
        modifier: [coded('https://bluebutton.cms.gov/resources/codesystem/hcpcs', '25')],
        servicedPeriod: { start: '2024-03-01', end: '2024-03-01' },
        locationCodeableConcept: coded(blueButton('line_place_of_srvc_cd'), '11'),
        quantity: { value: 1 },
        adjudication: [
          variable('line_nch_pmt_amt', 80.5),
          variable('line_alowd_chrg_amt', 100),
          variable('line_sbmtd_chrg_amt', 150),
        ],
      },
      { sequence: 2, adjudication: [variable('line_nch_pmt_amt', 40), category('benefit', 1)] },
    ],
  };
  const amounts = ({ query }: Loaded) =>
    query('select claim_line_number as line, paid_amount::double as paid from input.medical_claim order by 1');

  it('of Blue Button: lines with their money, principal diagnosis first, who and where', async () => {
    const loaded = await loadFiles({ 'e.ndjson': lines(claim) });
    expect(
      await loaded.query(`select claim_id, claim_type as type, claim_status as status, payer, hcpcs_code as hcpcs,
        hcpcs_modifier_1 as modifier, place_of_service_code as place, rendering_npi as who,
        rendering_specialty_code as specialty, ordering_npi as sender, diagnosis_code_1 as dx1, diagnosis_code_2 as dx2,
        diagnosis_code_3 as dx3, paid_date as paid_on, allowed_amount::double as allowed, charge_amount::double as charged
        from input.medical_claim where claim_line_number = '1'`),
    ).toEqual([
      {
        ...{ claim_id: '777', type: 'professional', status: 'paid', payer: 'medicare', hcpcs: '99213', modifier: '25' },
        ...{
          place: '11',
          who: '2222222222',
          specialty: '08',
          sender: '1111111112',
          dx1: 'E119',
          dx2: 'I10',
          dx3: null,
        },
        ...{ paid_on: '2024-03-20', allowed: 100, charged: 150 },
      },
    ]);
    expect(await amounts(loaded)).toEqual([
      { line: '1', paid: 80.5 },
      { line: '2', paid: 40 },
    ]);
  });

  it('lines that do not add up to the payment give way to it, on the first line', async () => {
    const loaded = await loadFiles({ 'e.ndjson': lines({ ...claim, payment: { amount: { value: 99.99 } } }) });
    expect(await amounts(loaded)).toEqual([
      { line: '1', paid: 99.99 },
      { line: '2', paid: 0 },
    ]);
    expect(loaded.files[0]).toMatchObject({ amount_raw: 99.99, amount_loaded: 99.99 });
  });

  it('general categories count where no variable of Blue Button stands beside them', async () => {
    const item = [
      {
        sequence: 1,
        adjudication: [category('paidtoprovider', 30), category('paidtopatient', 5), category('submitted', 90)],
      },
    ];
    const general = {
      ...claim,
      type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'professional'),
      payment: undefined,
      item,
    };
    const loaded = await loadFiles({ 'e.ndjson': lines(general) });
    expect(await amounts(loaded)).toEqual([{ line: '1', paid: 35 }]);
    expect(await loaded.query('select payer from input.medical_claim')).toEqual([{ payer: null }]);
  });

  it('of an institution: bill type, admission, discharge, DRG, procedures, and no second total', async () => {
    const information = (name: string, code: string) => ({
      category: {
        coding: [{ system: 'https://bluebutton.cms.gov/resources/codesystem/information', code: blueButton(name) }],
      },
      code: coded(blueButton(name), code),
    });
    const rev = (sequence: number, code: string, ...adjudication: readonly unknown[]) => ({
      ...{ sequence, revenue: coded(blueButton('rev_cntr'), code), adjudication },
    });
    const stay = {
      ...claim,
      id: 'inpatient-1',
      type: {
        coding: [
          { system: blueButton('nch_clm_type_cd'), code: '60' },
          { system: blueButton('clm_srvc_clsfctn_type_cd'), code: '1' },
        ],
      },
      provider: { identifier: { system: blueButton('prvdr_num'), value: '220135' } },
      organization: { identifier: { system: NPI, value: '8886687531' } },
      facility: { extension: [{ url: blueButton('clm_fac_type_cd'), valueCoding: { code: '1' } }] },
      hospitalization: { start: '2024-03-01', end: '2024-03-05' },
      information: [
        information('clm_freq_cd', '1'),
        information('clm_ip_admsn_type_cd', '3'),
        information('clm_src_ip_admsn_cd', '4'),
        information('ptnt_dschrg_stus_cd', '1'),
        information('clm_drg_cd', '42'),
      ],
      procedure: [
        {
          sequence: 1,
          date: '2024-03-02T00:00:00-05:00',
          procedureCodeableConcept: coded('http://hl7.org/fhir/sid/icd-10', 'BW03ZZZ'),
        },
      ],
      payment: { amount: { value: 5000 } },
      item: [
        rev(1, '0120', variable('rev_cntr_tot_chrg_amt', 7000)),
        rev(2, '0001', variable('rev_cntr_tot_chrg_amt', 7000)),
      ],
    };
    const loaded = await loadFiles({ 'e.ndjson': lines(stay) });
    expect(
      await loaded.query(`select bill_type_code as bill, admission_date as came, discharge_date as went,
        discharge_disposition_code as gone, admit_type_code as urgency, admit_source_code as origin, drg_code as drg,
        facility_ccn as ccn, facility_npi as npi, procedure_code_type as system, procedure_code_1 as procedure,
        procedure_date_1 as day, paid_amount::double as paid, charge_amount::double as charged from input.medical_claim`),
    ).toEqual([
      {
        ...{ bill: '111', came: '2024-03-01', went: '2024-03-05', gone: '01', urgency: '3', origin: '4', drg: '042' },
        ...{ ccn: '220135', npi: '8886687531', system: 'icd-10-pcs', procedure: 'BW03ZZZ', day: '2024-03-02' },
        ...{ paid: 5000, charged: 7000 },
      },
    ]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual(['repeats the total of the lines beside it: 1']);
  });

  it('of CARIN: organizations and practitioners within the claim, type of bill and admission period', async () => {
    const info = (code: string, more: Resource) => ({
      category: { coding: [{ system: 'x/C4BBSupportingInfoType', code }] },
      ...more,
    });
    const { query } = await loadFiles({
      'e.ndjson': lines({
        ...claim,
        type: coded('http://terminology.hl7.org/CodeSystem/claim-type', 'institutional'),
        contained: [
          {
            resourceType: 'Organization',
            id: 'org',
            identifier: [
              { type: coded('v2-0203', 'PRN'), value: '050001' },
              { system: NPI, value: '3333333333' },
            ],
          },
          { resourceType: 'Practitioner', id: 'who', identifier: [{ system: NPI, value: '4444444444' }] },
        ],
        provider: { reference: '#org' },
        careTeam: [{ sequence: 1, provider: { reference: '#who' }, role: coded('r', 'attending') }],
        supportingInfo: [
          info('typeofbill', { code: coded('https://www.nubc.org/CodeSystem/TypeOfBill', '0111') }),
          info('admissionperiod', { timingPeriod: { start: '2024-03-01', end: '2024-03-02' } }),
          info('discharge-status', { code: coded('https://www.nubc.org/CodeSystem/PatDischargeStatus', '30') }),
          info('drg', { code: coded('MS-DRG', '291') }),
        ],
      }),
    });
    expect(
      await query(`select distinct bill_type_code as bill, admission_date as came, discharge_date as went, drg_code as drg,
        facility_ccn as ccn, billing_npi as biller, rendering_npi as who from input.medical_claim`),
    ).toEqual([
      {
        bill: '111',
        came: '2024-03-01',
        went: null,
        drg: '291',
        ccn: '050001',
        biller: '3333333333',
        who: '4444444444',
      },
    ]);
  });

  it('a drug event says what the plan paid, what the drug cost, and what the patient paid', async () => {
    const event = {
      ...claim,
      id: 'pde-1',
      type: coded('https://bluebutton.cms.gov/resources/codesystem/eob-type', 'PDE'),
      payment: { date: '2024-03-10' },
      insurance: {
        coverage: { extension: [{ url: blueButton('plan_cntrct_rec_id'), valueIdentifier: { value: 'H1234' } }] },
      },
      careTeam: [
        {
          sequence: 1,
          provider: { identifier: { system: NPI, value: '5555555555' } },
          role: coded('r', 'prescribing'),
        },
      ],
      facility: { identifier: { system: NPI, value: '6666666666' } },
      item: [
        {
          sequence: 1,
          service: coded('http://hl7.org/fhir/sid/ndc', '68071071630'),
          servicedDate: '2024-03-09',
          quantity: { value: 60, extension: [{ url: blueButton('days_suply_num'), valueQuantity: { value: 30 } }] },
          adjudication: [
            variable('cvrd_d_plan_pd_amt', 126.99),
            variable('tot_rx_cst_amt', 550),
            variable('ptnt_pay_amt', 235.85),
          ],
        },
      ],
    };
    const { query } = await loadFiles({ 'e.ndjson': lines(event) });
    expect(
      await query(`select plan, dispensing_date as day, ndc_code as ndc, quantity::double as quantity, days_supply as days,
        prescribing_provider_npi as who, dispensing_provider_npi as pharmacy, paid_amount::double as paid,
        allowed_amount::double as cost, member_paid_amount::double as own from input.pharmacy_claim`),
    ).toEqual([
      {
        ...{ plan: 'H1234', day: '2024-03-09', ndc: '68071071630', quantity: 60, days: 30, who: '5555555555' },
        ...{ pharmacy: '6666666666', paid: 126.99, cost: 550, own: 235.85 },
      },
    ]);
  });

  it('only the final action counts, and what was denied stays denied; no cent is lost', async () => {
    const tagged = {
      tag: [{ system: 'https://bluebutton.cms.gov/fhir/CodeSystem/Final-Action', code: 'NotFinalAction' }],
    };
    const control = [{ url: blueButton('carr_clm_cntl_num'), valueIdentifier: { value: 'C9' } }];
    const replacing = [{ claim: { reference: 'ExplanationOfBenefit/old' }, relationship: coded('r', 'prior') }];
    const updated = (day: string) => ({ lastUpdated: `2024-05-${day}T00:00:00Z` });
    const of = (id: string, more: Resource) => ({ ...claim, id, identifier: [], ...more });
    const loaded = await loadFiles({
      'e.ndjson': lines(
        of('good', {}),
        of('gone', { status: 'cancelled' }),
        of('wrong', { status: 'entered-in-error' }),
        of('asked', { use: 'preauthorization' }),
        of('older', { meta: tagged }),
        of('old', {}),
        of('new', { related: replacing }),
        of('v1', { extension: control, meta: updated('01') }),
        of('v2', { extension: control, meta: updated('02') }),
        of('denied', { extension: [{ url: blueButton('carr_clm_pmt_dnl_cd'), valueCoding: { code: '0' } }] }),
      ),
    });
    expect(
      await loaded.query('select claim_id, claim_status as status from input.medical_claim group by all order by 1'),
    ).toEqual([
      { claim_id: 'denied', status: 'denied' },
      { claim_id: 'good', status: 'paid' },
      { claim_id: 'new', status: 'paid' },
      { claim_id: 'v2', status: 'paid' },
    ]);
    expect(
      await loaded.query(`select reason, rows, amount::double as amount from run.reconciliation
        where stage like '%input.medical_claim' order by reason`),
    ).toEqual([
      { reason: 'asks before the service and is no claim', rows: '2', amount: 120.5 },
      { reason: 'cancelled', rows: '2', amount: 120.5 },
      { reason: 'entered in error', rows: '2', amount: 120.5 },
      { reason: 'replaced by a later version of the claim', rows: '6', amount: 361.5 },
    ]);
    expect(loaded.files[0]).toMatchObject({ amount_raw: 1205, amount_loaded: 1205 });
  });

  it('a void takes back the claim of its control number', async () => {
    const control = { url: blueButton('carr_clm_cntl_num'), valueIdentifier: { value: 'C9' } };
    const credit = { url: blueButton('carr_clm_entry_cd'), valueCoding: { code: '3' } };
    const loaded = await loadFiles({
      'e.ndjson': lines(
        { ...claim, id: 'a', extension: [control], meta: { lastUpdated: '2024-05-01T00:00:00Z' } },
        { ...claim, id: 'b', extension: [control, credit], meta: { lastUpdated: '2024-05-02T00:00:00Z' } },
      ),
    });
    expect(await amounts(loaded)).toEqual([]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual([
      'cancelled by a later version of the claim: 2',
      'cancels an earlier version of the claim: 2',
    ]);
  });

  it('an amount that is no plain number of cents quarantines its claim or leaves it out, and never rounds', async () => {
    const line = (value: unknown) => ({
      ...claim,
      id: `l${value}`,
      payment: undefined,
      item: [
        {
          sequence: 1,
          adjudication: [variable('line_nch_pmt_amt', 0), { ...category('benefit', 0), amount: { value } }],
        },
      ],
    });
    const loaded = await loadFiles({
      'e.ndjson': lines(
        claim,
        { ...claim, id: 'x', payment: { amount: { value: 5.005 } } },
        { ...claim, id: 'y', payment: { amount: { value: 1e14 } } },
        line(1.234),
      ),
    });
    expect(loaded.files[0]).toMatchObject({ loaded: 2, quarantined: 2, amount_raw: 120.5, amount_loaded: 120.5 });
    expect(await loaded.query('select line_number as line, rule_id as rule from run.quarantine order by 1')).toEqual([
      { line: '2', rule: 'T04' },
      { line: '3', rule: 'T04' },
    ]);
    expect(await reasons(loaded, 'input.medical_claim')).toEqual(['an amount of it breaks T04: 1']);
  });
});
