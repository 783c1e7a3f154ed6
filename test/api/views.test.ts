import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namesPerson, SavedView, SavedViews } from '#contract/view';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: string;
let analyst: string;
let other: string;
beforeAll(async () => {
  server = await startServer();
  admin = server.cookieOf('aco_admin');
  analyst = server.cookieOf('analyst_aggregate');
  other = server.cookieOf('analyst_aggregate');
});
afterAll(() => server.close());

const PATH = '/api/views';
const view = { name: 'High risk', address: '/readmissions?where=risk_tier%3Ahigh', shared: false };
const send = (method: string, path: string, cookie: string, body?: object) =>
  server.ask(path, { method, cookie, ...(body && { body: JSON.stringify(body) }) });
const save = async (cookie: string, change: object = {}) =>
  SavedView.parse(await (await send('POST', PATH, cookie, { ...view, ...change })).json());
const seen = async (cookie: string) =>
  SavedViews.parse(await (await send('GET', PATH, cookie)).json()).views.map(({ name }) => name);

describe('a saved view', () => {
  test('is its owner’s until it is shared; renamed, shared, taken back and deleted by the owner', async () => {
    const { id } = await save(analyst);
    expect([await seen(analyst), await seen(other), await seen(admin)]).toEqual([['High risk'], [], []]);
    expect((await send('PUT', `${PATH}/${id}`, other, view)).status).toBe(404);
    await send('PUT', `${PATH}/${id}`, analyst, { ...view, name: 'Highest risk', shared: true });
    expect([await seen(analyst), await seen(other)]).toEqual([['Highest risk'], ['Highest risk']]);
    expect((await send('PUT', `${PATH}/${id}`, other, view)).status).toBe(403);
    expect((await send('DELETE', `${PATH}/${id}`, other)).status).toBe(403);
    await send('PUT', `${PATH}/${id}`, analyst, view);
    expect(await seen(other)).toEqual([]);
    expect((await send('DELETE', `${PATH}/${id}`, analyst)).status).toBe(204);
    expect(await seen(analyst)).toEqual([]);
  });

  test('that is shared may be taken back or deleted by an administrator', async () => {
    const { id } = await save(analyst, { shared: true });
    const hidden = await send('PUT', `${PATH}/${id}`, admin, view);
    expect(SavedView.parse(await hidden.json())).toMatchObject({ id, shared: false });
    expect((await send('DELETE', `${PATH}/${id}`, admin)).status).toBe(404);
  });

  test.each([
    '/patients/0123456789abcdef',
    '/patients/somebody?tables=A',
    '/%70atients/somebody',
    '//elsewhere.example/readmissions',
    '/\\elsewhere.example',
    'https://elsewhere.example/',
    '/claims/abc',
    '/rows/readmission-30-day?event=0123456789ABCDEF',
    '/readmissions#A',
    'readmissions',
    '',
  ])('never leads to one person or elsewhere: %s', async (address) => {
    expect((await send('POST', PATH, admin, { ...view, address })).status).toBe(400);
  });

  test.each([
    '/',
    '/patients',
    '/patients?cohort=diabetes',
    '/cohorts/saved-0b0f7a0e-51a4-4a54-9be7-0123456789ab',
    '/rows/readmission-30-day?part=denominator',
  ])('holds a page of many: %s', (address) => expect(namesPerson(address)).toBe(false));
});
