import { type Check, onRows } from '../../engine/check.ts';

const FILE = "regexp_extract(path, '[^/]*$')";

/** One row per delivery, told apart as in name.ts. */
const delivery = `(
    select bool_or(kind = 'summary') as has_summary
    from run.source_file
    where format = 'cclf'
    group by case
      when regexp_matches(${FILE}, '\\.ZC[0-9AB]\\w*?[YR]\\d{2}\\.D\\d{6}', 'i')
        then upper(regexp_replace(regexp_replace(${FILE}, '\\.ZC[0-9AB]', '.ZC', 'i'), '\\.T\\d+.*$', '', 'i'))
      else regexp_replace(path, '/[^/]*$', '')
    end
  )`;

/** What ought to hold of a CCLF delivery before its records become input. */
export const checks: readonly Check[] = [
  ...onRows('cclf.current_mbi', 'cclf', 'enrollment', [
    {
      number: 11,
      id: 'crosswalk-ends',
      title: 'The CMS crosswalk of Medicare numbers leads to one current number and never in a circle',
      broken: 'is_circular',
    },
  ]),
  ...onRows('cclf.netted', 'cclf', 'claims operations', [
    {
      number: 12,
      id: 'cancellation-finds-its-claim',
      title: 'Every cancellation finds the claim that it cancels among the claims delivered',
      severity: 'info',
      among: 'adjustment_type = 1',
      broken: 'partner is null',
    },
  ]),
  ...onRows(delivery, 'cclf', 'source system', [
    {
      number: 13,
      id: 'delivery-has-summary',
      title: 'Every CCLF delivery brings its CCLF0: without it nobody can tell that records are missing',
      broken: 'not has_summary',
    },
  ]),
];
