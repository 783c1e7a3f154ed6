import { z } from 'zod';
import { Patient, PatientSummary, Patients, PatientsQuery, Timeline } from '#contract/patient';
import { encodeTable, MEDIA_TYPES, MOST_EXPORTED } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { Encoded, NO_QUERY, type Route, route } from '../http/route.ts';
import { type Column, numbers, texts } from '../store/columns.ts';
import { readPatient, readPatients } from '../store/patient.ts';
import { memberFilterOf } from '../store/question.ts';
import { readTimeline } from '../store/timeline.ts';

const nobody = () => new Refusal('not_found', 'there is no such patient');

const PAGE = 100;

/** A page of the list, or all of it when a table format is asked for without a limit. */
const PatientsAsked = PatientsQuery.extend({ limit: PatientsQuery.shape.limit.unwrap().optional() });

export const patientRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/patients',
    policy: 'identified',
    summary: 'The persons of a filter, as of data-through',
    formats: ['arrow', 'csv'],
    query: PatientsAsked,
    body: z.unknown(),
    reply: Patients,
    async handle({ query }, { snapshot: { queries, catalogue }, format, say, shows }) {
      const limit = query.limit ?? (format === 'json' ? PAGE : MOST_EXPORTED);
      const filter = memberFilterOf(catalogue, query.where);
      const found = await readPatients(queries, catalogue, filter, { ...query, limit });
      shows(found.patients.length);
      if (format === 'json') return found;
      if (format === 'csv') say('content-disposition', 'attachment; filename="patients.csv"');
      const about = {
        snapshot: catalogue.snapshot,
        dataThrough: catalogue.dataThrough,
        total: found.total,
        caveats: catalogue.caveats.map(({ sentence }) => sentence),
      };
      return new Encoded(MEDIA_TYPES[format], encodeTable(format, tableOf(found.patients), about));
    },
  }),
  route({
    method: 'get',
    path: '/api/patients/:key',
    policy: 'identified',
    summary: 'One person, with care gaps',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Patient,
    async handle({ params: { key = '' } }, { snapshot: { queries, catalogue }, shows }) {
      const patient = await readPatient(queries, catalogue, key);
      if (!patient) throw nobody();
      shows(1);
      return patient;
    },
  }),
  route({
    method: 'get',
    path: '/api/patients/:key/timeline',
    policy: 'identified',
    summary: 'Everything that happened to one person',
    query: NO_QUERY,
    body: z.unknown(),
    reply: Timeline,
    async handle({ params: { key = '' } }, { snapshot: { queries, catalogue }, shows }) {
      const events = await readTimeline(queries, catalogue, key);
      if (!events) throw nobody();
      shows(1);
      return { person_id: key, data_through: catalogue.dataThrough, events };
    },
  }),
];

/** The fields of a summary as columns; lists are told in one cell. */
const tableOf = (patients: readonly PatientSummary[]): Column[] =>
  Object.entries(PatientSummary.keyof().enum).map(([name, field]) => {
    const values = patients.map((patient) => patient[field]);
    return NUMERIC.has(name)
      ? numbers(
          name,
          values.map((value) => (typeof value === 'number' ? value : null)),
        )
      : texts(
          name,
          values.map((value) => (Array.isArray(value) ? value.join('; ') : typeof value === 'string' ? value : null)),
        );
  });

const NUMERIC: ReadonlySet<string> = new Set([
  ...['age', 'risk_score', 'admissions_12m', 'emergency_visits_12m', 'paid_12m', 'open_gaps'],
]);
