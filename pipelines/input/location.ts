import { filled, inputTable, source } from './contract.ts';

export default inputTable({
  name: 'location',
  grain: 'facility or site of care',
  key: ['location_id', 'source_name'],
  columns: {
    source_name: source,
    location_id: filled('identifier of the facility in the source'),
    npi: 'national provider identifier',
    ccn: 'CMS certification number',
    name: 'name of the facility',
    facility_type: 'kind of facility',
    parent_organization: 'organization that it belongs to',
    address: 'street address',
    city: 'city',
    state: 'state, as a name or a postal code',
    zip_code: { meaning: 'postal code', type: 'text' },
  },
  unread: 'latitude longitude file_name ingest_datetime',
});
