import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'provider_attribution',
  grain: 'person, month, payer and plan',
  key: ['person_id', 'year_month', 'payer', 'plan', 'source_name'],
  columns: {
    source_name: source,
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    member_id: 'identifier of the member at the payer',
    year_month: filled('calendar month as YYYYMM'),
    payer: required('organization that pays'),
    plan: required('plan within the payer'),
    payer_attributed_provider: 'practitioner (NPI) that the payer holds responsible',
    payer_attributed_provider_practice: 'practice that the payer holds responsible',
    payer_attributed_provider_organization: 'organization that the payer holds responsible',
    payer_attributed_provider_lob: 'line of business of the payer',
    custom_attributed_provider: 'practitioner (NPI) by the rule of the organization',
    custom_attributed_provider_practice: 'practice by the rule of the organization',
    custom_attributed_provider_organization: 'organization by its own rule',
    custom_attributed_provider_lob: 'line of business by the rule of the organization',
  },
  unread: 'file_name file_date ingest_datetime',
});
