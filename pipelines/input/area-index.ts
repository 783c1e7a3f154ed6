import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'area_index',
  grain: 'area and index of need',
  key: ['area_kind', 'area_code', 'index_name', 'year', 'source_name'],
  columns: {
    source_name: source,
    area_kind: filled('county (five digits), zip (five) or zip+4 (nine)', { type: 'word' }),
    area_code: filled('number of the area', { type: 'text' }),
    index_name: filled('index, such as svi or adi', { type: 'word' }),
    year: required('year of the index', { type: 'integer' }),
    value: { meaning: 'the index on its own scale', type: 'number' },
    percentile: { meaning: 'rank among all areas, 0 least to 100 most in need', type: 'number' },
  },
  unread: 'file_name file_date ingest_datetime',
});
