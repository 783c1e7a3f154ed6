import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routesOf } from '../../server/app.ts';
import type { Route } from '../../server/http/route.ts';
import { nameOf, requests } from '../support/examples.ts';
import { startServer, type TestServer } from '../support/server.ts';

const Content = z.record(z.string().regex(/^[a-z]+\/[a-z.+-]+$/), z.strictObject({ schema: z.looseObject({}) }));
const Reference = z.strictObject({ $ref: z.string() });
const Operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().optional(),
  security: z.array(z.strictObject({ session: z.array(z.never()) })),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: z.looseObject({}),
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(
    z.string(),
    z.union([Reference, z.strictObject({ description: z.string(), content: Content.optional() })]),
  ),
});
/** The parts of OpenAPI 3.1 that are used here, and no others. */
const Description = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), Operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      session: z.strictObject({
        ...{ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string(), description: z.string() },
      }),
    }),
    responses: z.record(
      z.string(),
      z.strictObject({ description: z.string(), headers: z.looseObject({}).optional(), content: Content }),
    ),
    schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), z.looseObject({})),
  }),
});
type Operation = z.infer<typeof Operation>;

let server: TestServer;
let cookie: string;
let routes: readonly Route[];
let text: string;
let description: z.infer<typeof Description>;
beforeAll(async () => {
  server = await startServer();
  await server.dependencies.access.signIn({ token: server.dependencies.access.issueLink() ?? '' }, true);
  cookie = server.cookieOf('aco_admin');
  routes = routesOf(server.dependencies);
  text = await (await server.ask('/api/openapi.json', { cookie })).text();
  description = Description.parse(JSON.parse(text));
});
afterAll(() => server.close());

const operationOf = ({ path, method }: Route): Operation => {
  const operation = description.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method];
  if (!operation) throw new Error(`${method} ${path} is not described`);
  return operation;
};

describe('the description', () => {
  test('has every route and nothing else, each under a name of its own', () => {
    const operations = routes.map(operationOf);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
    expect(Object.values(description.paths).flatMap((path) => Object.keys(path)).length).toBe(routes.length);
  });

  test('refers to nothing that is not there', () => {
    const references = [...new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference ?? ''))];
    expect(references.length).toBeGreaterThan(50);
    for (const reference of references) {
      expect(reference).toMatch(/^#\//);
      const found = reference
        .slice(2)
        .split('/')
        .reduce<unknown>(
          (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
          description,
        );
      expect(found, reference).toBeDefined();
    }
  });

  test('declares the parameters of every path, and what else must be given', () => {
    for (const route of routes) {
      const { parameters } = operationOf(route);
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(
        inPath.map(({ name }) => name),
        nameOf(route),
      ).toEqual([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
      expect(inPath.every(({ required }) => required)).toBe(true);
      expect(new Set(parameters.map((parameter) => `${parameter.in} ${parameter.name}`)).size).toBe(parameters.length);
      const inQuery = parameters.filter((parameter) => parameter.in === 'query');
      for (const { name, required } of inQuery.filter((parameter) => parameter.name !== 'mode'))
        expect(required, `${nameOf(route)} ${name}`).toBe(!route.query.shape[name]?.safeParse(undefined).success);
    }
  });

  test('gives every reply a schema, and every refusal the one of errors', () => {
    for (const route of routes) {
      const { responses, security } = operationOf(route);
      const good = responses['200'] ?? responses['204'];
      const content = good && 'content' in good ? good.content : undefined;
      expect(content === undefined, nameOf(route)).toBe(route.reply instanceof z.ZodUndefined && !route.media);
      expect(security.length).toBe(route.policy === 'open' ? 0 : 1);
      for (const [status, reply] of Object.entries(responses))
        if (Number(status) >= 400) expect(reply).toHaveProperty('$ref');
    }
    for (const { content } of Object.values(description.components.responses))
      expect(content).toEqual({ 'application/json': { schema: { $ref: '#/components/schemas/Error' } } });
  });

  test('holds of the real replies of every route, refused ones too', async () => {
    const requestOf = requests(server, cookie);
    const { components, paths } = Description.parse(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
    const fits = (schema: object, reply: unknown): boolean => shapeOf(schema).safeParse(reply).success;
    const shapeOf = (schema: object) => {
      const $defs: Record<string, z.core.JSONSchema.BaseSchema> = {};
      const add = (part: object): void => {
        for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
          if ($defs[name]) continue;
          $defs[name] = components.schemas[name] ?? {};
          add($defs[name]);
        }
      };
      add(schema);
      return z.fromJSONSchema({ ...schema, $defs });
    };
    for (const route of routes) {
      const { path, body } = await requestOf(route);
      // signing in and out end a session, so each of its requests has one of its own
      const ask = (address: string) =>
        server.ask(address, {
          method: route.method.toUpperCase(),
          cookie: route.path === '/api/session' ? server.cookieOf('aco_admin') : cookie,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      const reply = await ask(path);
      const responses = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method]?.responses ?? {};
      const told = responses[String(reply.status)];
      const content = (told && 'content' in told && told.content) || {};
      const media = reply.headers.get('content-type')?.split(';')[0] ?? '';
      expect(reply.status, nameOf(route)).toBe(route.reply instanceof z.ZodUndefined && !route.media ? 204 : 200);
      if (reply.status === 204) continue;
      expect(Object.keys(content), nameOf(route)).toContain(media);
      if (media.endsWith('json'))
        expect(fits(content[media]?.schema ?? {}, await reply.json()), nameOf(route)).toBe(true);
      const refused = await ask(`${path.split('?')[0]}?nonsense=1`);
      expect(responses).toHaveProperty(String(refused.status));
      expect(fits({ $ref: '#/$defs/Error' }, await refused.json()), nameOf(route)).toBe(true);
    }
  });
});

describe('the typed client', () => {
  const root = join(import.meta.dirname, '../..');

  test('has a name for every route that answers in JSON of the contract', () => {
    const names = [...readFileSync(join(root, 'server/contract/api.ts'), 'utf8').matchAll(/^ {2}'([A-Z]+ [^']+)':/gm)];
    const isFile = ({ path, reply, media }: Route) =>
      path.startsWith('/api/export/') || path === '/api/openapi.json' || (reply instanceof z.ZodUnknown && media);
    expect(names.map(([, name]) => name).sort()).toEqual(
      routes
        .filter((route) => !isFile(route))
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
        .sort(),
    );
  });

  test('is the only way in which a page asks', () => {
    const folder = join(root, 'client');
    const asking = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) =>
        /\bfetch\(|import [^;]*\b(ask|send)\b[^;]* from '[./a-z]*\/request\.ts'/.test(
          readFileSync(join(folder, file), 'utf8'),
        ),
      );
    // a file of a list is asked for by the list's own address
    expect(asking.sort()).toEqual(['api/call.ts', 'api/export.ts', 'api/request.ts']);
  });
});
