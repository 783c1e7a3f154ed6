import { onRows } from '../../engine/check.ts';
import { COUNTY, matches } from './shapes.ts';

const rows = onRows('input.area_index', 'area-index', 'data engineering', [
  {
    number: 1901,
    id: 'area-known',
    title: 'An index of need is of a county, a postal code, or a nine-digit postal code',
    broken: "area_kind not in ('county', 'zip', 'zip+4')",
  },
  {
    number: 1902,
    id: 'code-whole',
    title: 'The number of an area is whole: none has lost its leading zero',
    among: "area_kind in ('county', 'zip', 'zip+4')",
    broken: `not case area_kind
      when 'county' then ${matches('area_code', COUNTY)}
      when 'zip' then ${matches('area_code', '\\d{5}')}
      else ${matches('area_code', '\\d{9}')}
    end`,
  },
  {
    number: 1903,
    id: 'rank-known',
    title: 'An index of need ranks the area',
    broken: 'percentile is null',
  },
  {
    number: 1904,
    id: 'rank-in-range',
    title: 'The rank of an area lies between 0 and 100 percent',
    among: 'percentile is not null',
    broken: 'percentile not between 0 and 100',
  },
]);

/** One row per member with an address of the kind that some index ranks. */
const covered = onRows(
  `(
    with member as (
      select person_id, max(left(zip_code, 5)) as zip, max(county_fips) as county from (
        select person_id, zip_code, county_fips from input.eligibility
        union all select person_id, zip_code, county_fips from input.patient
      ) group by person_id
    )
    select (area_kind, area_code) in (select area_kind, area_code from input.area_index) as is_ranked
    from (
      select 'zip' as area_kind, zip as area_code from member where zip is not null
      union all select 'county', county from member where county is not null
    )
    where area_kind in (select area_kind from input.area_index)
  )`,
  'area-index',
  'data engineering',
  [
    {
      number: 1905,
      id: 'ranks-members',
      title: 'The areas of the members are ranked: else their need is not known',
      threshold: 0.05,
      broken: 'not is_ranked',
    },
  ],
);

const age = onRows(
  `(
    select max(area_index.year) as year, any_value(claim.year) as current_year
    from input.area_index as area_index
    cross join (select year(max(claim_start_date)) as year from input.medical_claim having count(*) > 0) as claim
    group by area_index.index_name
  )`,
  'area-index',
  'data engineering',
  [
    {
      number: 1906,
      id: 'not-old',
      title: 'The newest year of an index of need lies at most six years before the newest claims',
      severity: 'info',
      broken: 'year < current_year - 6',
    },
  ],
);

export const areaIndex = [...rows, ...covered, ...age];
