import { onRows } from '../../engine/check.ts';

const MINUTES = "date_diff('minute', start_datetime, end_datetime)";

export const appointment = onRows('input.appointment', 'appointment', 'source system', [
  { number: 1101, id: 'dated', title: 'An appointment says when it begins', broken: 'start_datetime is null' },
  {
    number: 1102,
    id: 'starts-before-it-ends',
    title: 'An appointment starts before it ends',
    among: 'start_datetime is not null and end_datetime is not null',
    broken: 'start_datetime > end_datetime',
  },
  {
    number: 1103,
    id: 'below-a-day',
    title: 'An appointment lasts less than a day',
    among: 'start_datetime is not null and end_datetime is not null',
    broken: `${MINUTES} >= 1440`,
  },
  {
    number: 1104,
    id: 'duration-agrees',
    title: 'The minutes of an appointment agree with its begin and end',
    severity: 'info',
    among: 'duration is not null and start_datetime is not null and end_datetime is not null',
    broken: `abs(duration - ${MINUTES}) > 1`,
  },
  {
    number: 1105,
    id: 'status-known',
    title: 'An appointment says whether it was kept',
    broken: 'status_code is null',
  },
]);
