import type { Sql, Value } from './sql.ts';

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\d+|[a-z_]\w*|\s+|[^\s]/gi;
/** Words that begin a line of a SELECT, alone or followed by others of them. */
const CLAUSE = new Set(['with', 'select', 'from', 'join', 'left', 'where', 'group', 'order', 'limit', 'union', 'and']);
const WIDEST = 100;

/**
 * A statement with its values written in, laid out to be read, copied and run in any DuckDB that has the snapshot open.
 * For people: the server itself only ever binds.
 */
export function readable({ statement, values }: Sql): string {
  const lines: string[] = [];
  /** Per open parenthesis, whether a SELECT stands in it. */
  const open: boolean[] = [];
  let line = '';
  let isBetween = false;
  const indent = () => '  '.repeat(open.filter(Boolean).length);
  const breakLine = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = indent();
  };
  const tokens = statement.match(TOKEN) ?? [];
  tokens.forEach((token, at) => {
    const word = token.toLowerCase();
    const before =
      tokens
        .slice(Math.max(0, at - 2), at)
        .findLast((each) => each.trim() !== '')
        ?.toLowerCase() ?? '';
    const after =
      tokens
        .slice(at + 1, at + 3)
        .find((each) => each.trim() !== '')
        ?.toLowerCase() ?? '';
    if (token.trim() === '') {
      if (line.trim() !== '' && !line.endsWith('(') && after !== ')') line += ' ';
      return;
    }
    if (token === ')') {
      if (open.at(-1)) {
        open.pop();
        breakLine();
      } else open.pop();
    } else if (CLAUSE.has(word) && (open.at(-1) ?? true) && !['left', 'union', 'distinct', '('].includes(before)) {
      if (word === 'and' && isBetween) isBetween = false;
      else if (!(word === 'left' && after === '(')) breakLine();
    }
    if (word === 'between') isBetween = true;
    if (line.length + token.length > WIDEST && before === ',') {
      breakLine();
      line += '  ';
    }
    line += token.startsWith('$') ? literal(values[Number(token.slice(1)) - 1] ?? null) : token;
    if (token === '(') {
      const isQuery = after === 'select' || after === 'with';
      open.push(isQuery);
      if (isQuery) breakLine();
    }
  });
  breakLine();
  return lines.join('\n');
}

/** A constant of SQL that is the value. A text with a NUL is put together, because none can stand in a statement. */
function literal(value: Value): string {
  if (typeof value !== 'string') return String(value);
  const parts = value.split('\u0000').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join() : `(${parts.join(' || chr(0) || ')})`;
}
