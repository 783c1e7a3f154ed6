import { z } from 'zod';
import { Patient, Patients, PatientsQuery, Timeline } from '#contract/patient';
import { Refusal } from '../http/error.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readPatient, readPatients } from '../store/patient.ts';
import { memberFilterOf } from '../store/question.ts';
import { readTimeline } from '../store/timeline.ts';

const nobody = () => new Refusal('not_found', 'there is no such patient');

export const patientRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/patients',
    policy: 'identified',
    summary: 'The persons of a filter, as of data-through',
    formats: ['arrow', 'csv'],
    query: PatientsQuery,
    body: z.unknown(),
    reply: Patients,
    async handle({ query }, { snapshot: { queries, catalogue }, shows }) {
      const found = await readPatients(queries, catalogue, memberFilterOf(catalogue, query.where), query);
      shows(found.patients.length);
      return found;
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
