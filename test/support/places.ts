import { z } from 'zod';
import type { Route } from '../../server/http/route.ts';
import { nameOf, type Request } from './examples.ts';

/** One place of a route where somebody may write text. */
export interface Place {
  readonly name: string;
  /** The route's own good request, with the text written there. */
  readonly with: (text: string) => Request;
}

/** Where a text is not a value by itself but has parts. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  where: ['sex:X', 'X:female', 'condition:X', 'cohort:X', 'sex:female|X'],
  by: ['X,month', 'sex,X'],
};

/**
 * Every string parameter of a route, taken from its path and its schemas, so that a new route is covered by itself: the
 * parts of the path, the fields of the query, every text in the body however deep, and the names of fields.
 */
export function placesOf(route: Route, good: Request): Place[] {
  const [path = '', search = ''] = good.path.split('?');
  const parts = path.split('/');
  const place = (name: string, request: Place['with']): Place => ({ name: `${nameOf(route)} ${name}`, with: request });
  const asked = (change: (query: URLSearchParams) => void, body = good.body): Request => {
    const query = new URLSearchParams(search);
    change(query);
    return { path: `${path}?${query}`, body };
  };
  return [
    ...route.path.split('/').flatMap((part, at) =>
      part.startsWith(':')
        ? [
            place(part, (text) => ({
              ...good,
              path: `${parts.with(at, encodeURIComponent(text)).join('/')}${search && `?${search}`}`,
            })),
          ]
        : [],
    ),
    ...[...Object.keys(route.query.shape), ...(route.policy === 'open' ? [] : ['mode'])].flatMap((field) => [
      ...['X', ...(PARTS[field] ?? [])].map((form) =>
        place(`?${field}=${form}`, (text) =>
          asked((query) =>
            query.set(
              field,
              form.replace('X', () => text),
            ),
          ),
        ),
      ),
    ]),
    place('?X=1', (text) => asked((query) => query.set(text, '1'))),
    ...textsOf(route.body).map(({ at, make }) =>
      place(at, (text) => {
        const body = make(text);
        return asked(() => {}, isObject(good.body) && isObject(body) ? { ...good.body, ...body } : body);
      }),
    ),
  ];
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Text {
  readonly at: string;
  /** A value of the schema that holds the text there, and besides as little as it may. */
  readonly make: (text: string) => unknown;
}

const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z
    .union([z.string(), z.array(z.string()).transform((types) => types.find((type) => type !== 'null'))])
    .optional(),
  get anyOf() {
    return z.array(Schema).optional();
  },
  get oneOf() {
    return z.array(Schema).optional();
  },
  get allOf() {
    return z.array(Schema).optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), Schema]).optional();
  },
  required: z.array(z.string()).default([]),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  minItems: z.number().default(0),
  minimum: z.number().optional(),
});
type Schema = z.infer<typeof Schema>;

/** How deep a smallest value is looked for. */
const DEEPEST = 5;

function textsOf(body: z.ZodType): Text[] {
  if (body instanceof z.ZodUnknown) return [];
  const root = Schema.and(z.object({ $defs: z.record(z.string(), Schema).default({}) })).parse(
    z.toJSONSchema(body, { io: 'output', unrepresentable: 'any' }),
  );
  const told = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : schema.$ref === '#' ? root : (root.$defs[schema.$ref.slice(8)] ?? schema);
  const choices = (schema: Schema) => schema.anyOf ?? schema.oneOf ?? schema.allOf;

  const least = (schema: Schema, depth = 0): unknown => {
    const { type, properties = {}, required, items, minItems, minimum, format, ...rest } = told(schema);
    const [choice] = choices(told(schema)) ?? [];
    if (choice) return depth > DEEPEST ? null : least(choice, depth + 1);
    if (rest.const !== undefined) return rest.const;
    if (rest.enum) return rest.enum[0];
    if (type === 'object')
      return Object.fromEntries(required.map((name) => [name, least(properties[name] ?? Schema.parse({}), depth + 1)]));
    if (type === 'array')
      return items && depth <= DEEPEST ? Array.from({ length: minItems }, () => least(items, depth + 1)) : [];
    if (type === 'number' || type === 'integer') return minimum ?? 1;
    if (type === 'boolean') return false;
    return type === 'string' ? (format === 'date' ? '2024-06-01' : 'text') : null;
  };

  /** `inside`: the schemas that stand around; one that holds itself is entered once. */
  const texts = (schema: Schema, at: string, inside: readonly string[]): Text[] => {
    const { $ref } = schema;
    if ($ref !== undefined && inside.includes($ref)) return [];
    const around = $ref === undefined ? inside : [...inside, $ref];
    const one = told(schema);
    const inner = (child: Schema, name: string, wrap: (value: unknown) => unknown): Text[] =>
      texts(child, `${at}${name}`, around).map((text) => ({ ...text, make: (value) => wrap(text.make(value)) }));
    if (choices(one)) return (choices(one) ?? []).flatMap((choice) => texts(choice, at, around));
    if (one.type === 'object') {
      const others = least(one);
      const rest = isObject(others) ? others : {};
      const values = one.additionalProperties;
      return [
        ...Object.entries(one.properties ?? {}).flatMap(([name, child]) =>
          inner(child, `.${name}`, (value) => ({ ...rest, [name]: value })),
        ),
        ...(typeof values === 'object' ? inner(values, '.*', (value) => ({ ...rest, any: value })) : []),
        { at: `${at} {X}`, make: (text) => JSON.parse(`{${JSON.stringify(text)}:1}`) },
      ];
    }
    if (one.type === 'array') return one.items ? inner(one.items, '[]', (value) => [value]) : [];
    return one.type === 'string' ? [{ at, make: (text) => text }] : [];
  };
  const all = texts(root, 'body', ['#']);
  return [...new Map(all.map((text) => [`${text.at} ${JSON.stringify(text.make('X'))}`, text])).values()];
}
