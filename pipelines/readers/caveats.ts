import type { Caveat } from './format.ts';

/**
 * CMS suppresses whole claims of Parts A and B that carry a code of its substance use list, in CCLF, BCDA and AB2D: 42 CFR
 * 425.708(c) and 42 CFR part 2; the codes are in the CCLF Information Packet.
 */
export const substanceUse: Caveat = {
  id: 'substance-use',
  title: 'Without care for substance use',
  sentence:
    'CMS shares no Part A or B claim with a code for alcohol or drug use or its treatment unless the patient has consented in writing (42 CFR 425.708, 42 CFR part 2): such care and its dollars are missing here, and their absence proves nothing.',
  tables: ['medical_claim'],
  where: "payer = 'medicare'",
};

/** CLM_LINE_BENE_PMT_AMT is the only amount of CCLF7 (CMS, CCLF Information Packet). */
export const partDPayments: Caveat = {
  id: 'part-d-payments',
  title: 'Without what Part D plans paid',
  sentence:
    'For a Part D fill CCLF tells what the patient paid at the counter and not what the plan paid: these dollars hold no Part D spending from CCLF.',
  tables: ['pharmacy_claim'],
  isOfDollars: true,
};
