import { z } from 'zod';
import { ApiError } from '#contract/error';
import { Mode } from '#contract/result';
import { MEDIA_TYPES } from '../http/encode.ts';
import { STATUS } from '../http/error.ts';
import { NO_QUERY, type Route, route } from '../http/route.ts';

/** Describes the routes it is given, and itself. */
export function openapiRoutes(others: readonly Route[]): Route[] {
  const own = route({
    method: 'get',
    path: '/api/openapi.json',
    policy: 'signed in',
    summary: 'This description',
    query: NO_QUERY,
    body: z.unknown(),
    reply: z.looseObject({ openapi: z.string() }),
    handle: () => description,
  });
  const description = describe([...others, own]);
  return [own];
}

function describe(routes: readonly Route[]) {
  const schemas = new Schemas();
  const error = schemas.named('Error', ApiError, 'output');
  const paths: Record<string, Record<string, object>> = {};
  for (const one of routes) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method]: operation(one, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version: '1',
      description:
        'Everything the dashboard shows, from one immutable snapshot at a time. Every reply carries x-request-id; every refusal has the one shape of Error.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'throughline',
          description: 'Set by POST /api/session; under TLS its name is __Host-throughline.',
        },
      },
      responses: Object.fromEntries(
        Object.entries(STATUS).map(([code, status]) => [
          code,
          {
            description: code.replaceAll('_', ' '),
            ...(status === STATUS.too_many_requests || status === STATUS.unavailable
              ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } }
              : {}),
            content: json(error),
          },
        ]),
      ),
      schemas: schemas.all,
    },
  };
}

function operation(route: Route, schemas: Schemas): object {
  const { method, path, policy, summary, body, reply, formats, media } = route;
  const id = [method, ...path.split('/').filter(Boolean).slice(1)]
    .flatMap((part) => part.split(/\W+/).filter(Boolean))
    .map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('');
  const isOpen = policy === 'open';
  const query = isOpen ? route.query : route.query.extend({ mode: Mode.optional() });
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  const types = formats.map((format) => MEDIA_TYPES[format]);
  return {
    operationId: id,
    tags: [tagOf(route)],
    summary,
    ...(policy === 'identified'
      ? { description: 'Names persons: refused in shareable mode and to aggregate roles; each look is written down.' }
      : {}),
    security: isOpen ? [] : [{ session: [] }],
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(properties).map(([name, schema]) => ({
        name,
        in: 'query',
        required: required.includes(name),
        schema,
      })),
    ],
    ...(body instanceof z.ZodUnknown
      ? {}
      : { requestBody: { required: true, content: json(schemas.named(`${id}Body`, body, 'input')) } }),
    responses: {
      ...(reply instanceof z.ZodUndefined && !media
        ? { 204: { description: 'Done' } }
        : {
            200: {
              description: summary,
              content: {
                ...(media ? file(media) : json(schemas.named(`${id}Reply`, reply, 'output'))),
                ...Object.assign({}, ...types.map(file)),
              },
            },
          }),
      ...Object.fromEntries(
        Object.entries(STATUS).map(([code, status]) => [status, { $ref: `#/components/responses/${code}` }]),
      ),
    },
  };
}

const tagOf = ({ path }: Route): string => path.split('/')[2]?.replace('.json', '') ?? '';

const json = (schema: object) => ({ [MEDIA_TYPES.json]: { schema } });

const file = (media: string) => ({
  [media]: { schema: media.includes('json') ? { type: 'object' } : { type: 'string', format: 'binary' } },
});

/** The schemas of the contract in their places of the description: each once, under the name it was first asked by. */
class Schemas {
  readonly all: Record<string, unknown> = {};
  readonly #names = new Map<z.ZodType, string>();

  named(name: string, schema: z.ZodType, io: 'input' | 'output'): { $ref: string } {
    const known = io === 'output' ? this.#names.get(schema) : undefined;
    if (known === undefined) {
      if (io === 'output') this.#names.set(schema, name);
      this.#add(name, schema, io);
    }
    return { $ref: `#/components/schemas/${known ?? name}` };
  }

  /** What a schema refers to within itself gets a place of its own. */
  #add(name: string, schema: z.ZodType, io: 'input' | 'output'): void {
    const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    const text = JSON.stringify(described)
      .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${name}"`)
      .replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${name}.`);
    const { $defs = {}, ...own } = z
      .looseObject({ $defs: z.record(z.string(), z.unknown()).optional() })
      .parse(JSON.parse(text));
    this.all[name] = own;
    for (const [key, inner] of Object.entries($defs)) this.all[`${name}.${key}`] = inner;
  }
}
