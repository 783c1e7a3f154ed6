import { onRows } from '../../engine/check.ts';
import { matches, TIN } from './shapes.ts';

const results = onRows('input.survey', 'survey', 'clinical informatics', [
  {
    number: 1881,
    id: 'score-in-range',
    title: 'A score of a survey lies between 0 and 100',
    among: 'score is not null',
    broken: 'score not between 0 and 100',
  },
  {
    number: 1882,
    id: 'top-box-in-range',
    title: 'The share of most favourable answers lies between 0 and 100 percent',
    among: 'top_box_percent is not null',
    broken: 'top_box_percent not between 0 and 100',
  },
  {
    number: 1883,
    id: 'benchmark-on-same-scale',
    title: 'The benchmark of a survey lies between 0 and 100, as its scores do',
    among: 'benchmark is not null',
    broken: 'benchmark not between 0 and 100',
  },
  {
    number: 1884,
    id: 'says-something',
    title: 'A result of a survey has a score, a share of favourable answers, or an answer',
    broken: 'coalesce(score::varchar, top_box_percent::varchar, answer) is null',
  },
  {
    number: 1885,
    id: 'respondents-known',
    title: 'A result of a survey says how many people answered',
    among: 'person_id is null',
    broken: 'respondents is null or respondents <= 0',
  },
  {
    number: 1886,
    id: 'respondents-enough',
    title: 'At least 20 people stand behind a result of a survey: fewer tell little',
    severity: 'info',
    among: 'person_id is null and respondents > 0',
    broken: 'respondents < 20',
  },
  {
    number: 1887,
    id: 'tin-whole',
    title: 'The tax number of a surveyed practice has nine digits',
    owner: 'provider network',
    among: 'tin is not null',
    broken: `not ${matches('tin', TIN)}`,
  },
]);

const practices = onRows(
  `(
    select tin in (select tin from input.practice where tin is not null) as is_known
    from (select distinct tin from input.survey where tin is not null)
    where exists (select 1 from input.practice where tin is not null)
  )`,
  'survey',
  'provider network',
  [
    {
      number: 1888,
      id: 'practice-known',
      title: 'A surveyed practice is one of the provider roster',
      broken: 'not is_known',
    },
  ],
);

export const survey = [...results, ...practices];
