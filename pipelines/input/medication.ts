import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'medication',
  grain: 'medication ordered, dispensed, given or taken according to a clinical source, or decided against',
  key: ['medication_id', 'source_name'],
  serviceDates: ['dispensing_date', 'prescribing_date'],
  columns: {
    source_name: source,
    medication_id: filled('identifier of the statement in the source'),
    person_id: filled('person, as the source links identifiers'),
    patient_id: 'identifier of the patient in the source',
    encounter_id: 'encounter at which it was ordered',
    prescribing_date: 'day it was ordered',
    dispensing_date: 'day it was dispensed, given or taken',
    end_date: 'last day of the course, where known',
    statement_type:
      'order, dispense, administration or statement; where it is not delivered, an order has no dispensing_date',
    status: 'active, completed, stopped, not done and the like',
    not_done_reason_code_type: 'code system of not_done_reason_code',
    not_done_reason_code: 'why it was not done',
    source_code_type: 'code system of source_code',
    source_code: 'code as the source wrote it',
    source_description: 'text of the source',
    ndc_code: 'drug, eleven digits (FDA national drug code)',
    ndc_description: 'name of that drug',
    rxnorm_code: 'drug (RxNorm, National Library of Medicine)',
    rxnorm_description: 'name of that drug',
    atc_code: 'drug class (WHO ATC)',
    quantity: 'units ordered or dispensed',
    days_supply: 'days the supply lasts',
    practitioner_id: 'practitioner who ordered',
  },
  unread: `payer atc_description route strength quantity_unit file_name
    ingest_datetime`,
});
