import { z } from 'zod';
import { ApiError } from '#contract/error';
import { Mode } from '#contract/result';
import { MEDIA_TYPES } from '../http/encode.ts';
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
    reply: z.unknown(),
    handle: () => description,
  });
  const description = describe([...others, own]);
  return [own];
}

const describe = (routes: readonly Route[]) => {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of routes) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Throughline', version: '1' },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'throughline' } },
      schemas: { Error: schemaOf(ApiError, 'output') },
    },
  };
};

function operation({ path, policy, summary, query, body, reply, formats }: Route) {
  const failure = { description: 'Refused', content: json({ $ref: '#/components/schemas/Error' }) };
  const saysNothing = reply instanceof z.ZodUndefined;
  return {
    summary,
    security: policy === 'open' ? [] : [{ session: [] }],
    parameters: [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(policy === 'open' ? {} : { mode: Mode.optional(), ...query.shape }).map(([name, field]) => ({
        name,
        in: 'query',
        required: false,
        schema: schemaOf(field, 'input'),
      })),
    ],
    ...(body instanceof z.ZodUnknown
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      ...(saysNothing
        ? { 204: { description: 'Done' } }
        : {
            200: {
              description: summary,
              content: {
                ...json(schemaOf(reply, 'output')),
                ...Object.fromEntries(formats.map((format) => [MEDIA_TYPES[format], {}])),
              },
            },
          }),
      default: failure,
    },
  };
}

const json = (schema: object) => ({ [MEDIA_TYPES.json]: { schema } });

const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
  return described;
};
