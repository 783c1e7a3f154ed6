import { filled, inputTable, required, source } from './contract.ts';

export default inputTable({
  name: 'survey',
  grain: 'result of one survey question or measure, for a practice or for all, or answer of one person',
  key: ['survey', 'survey_year', 'question', 'tin', 'person_id', 'source_name'],
  columns: {
    source_name: source,
    survey: filled('name of the survey, such as cahps', { type: 'word' }),
    survey_year: filled('year in which people were asked', { type: 'integer' }),
    question: filled('number of the measure or question, such as CAHPS-2'),
    title: 'measure or question in words',
    tin: required('practice, by tax number; null for the whole organization'),
    person_id: required('person who answered; null where the result is of many'),
    answered_date: 'day of the answer',
    answer: 'answer of one person',
    respondents: { meaning: 'people who answered', type: 'integer' },
    score: { meaning: 'score from 0 to 100', type: 'number' },
    top_box_percent: { meaning: 'percent who gave the most favourable answer', type: 'number' },
    benchmark: { meaning: 'mean score of all organizations', type: 'number' },
  },
  unread: 'file_name file_date ingest_datetime',
});
