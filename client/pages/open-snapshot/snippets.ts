import type { ServedMetric } from '#contract/metric';

export interface Snippet {
  readonly tool: string;
  readonly text: string;
  /** What must be there first, and what to mind. */
  readonly note: string;
}

/** One year of a metric from its rows, as the pages show it; runs in every tool. */
export const firstQuery = ({ relation, scale }: Pick<ServedMetric, 'relation' | 'scale'>, year: string): string =>
  `select
  ${scale === 1 ? '' : `${scale} * `}sum(numerator) / sum(denominator) as value,
  sum(numerator) as numerator,
  sum(denominator) as denominator
from ${relation}
where exclusion is null and month between date '${year}-01-01' and date '${year}-12-01'`;

/** How to open the snapshot with each tool and ask the query. `file` is relative to the folder that one stands in. */
export function snippetsOf(file: string, query: string): Snippet[] {
  const name = file.split('/').at(-1) ?? file;
  return [
    {
      tool: 'DuckDB',
      text: `duckdb -readonly ${file} "${query}"`,
      note: 'The command line of DuckDB 1.3 or later, which is one file. Without the query it stays open for more.',
    },
    {
      tool: 'Python',
      text: `import duckdb

snapshot = duckdb.connect("${file}", read_only=True)
snapshot.sql("""${query}""").show()`,
      note: 'pip install duckdb. With pandas or polars, .df() or .pl() in place of .show() gives a data frame.',
    },
    {
      tool: 'R',
      text: `library(duckdb)

snapshot <- dbConnect(duckdb(), dbdir = "${file}", read_only = TRUE)
dbGetQuery(snapshot, "${query}")
dbDisconnect(snapshot, shutdown = TRUE)`,
      note: 'install.packages("duckdb"), which brings DBI.',
    },
    {
      tool: 'JavaScript',
      text: `import { DuckDBInstance } from "@duckdb/node-api";

const snapshot = await DuckDBInstance.create("${file}", { access_mode: "READ_ONLY" });
const connection = await snapshot.connect();
const answer = await connection.runAndReadAll(\`${query}\`);
console.log(JSON.stringify(answer.getRowObjectsJS()));`,
      note: 'npm install @duckdb/node-api; save it with the ending .mjs and run it with Node.',
    },
    {
      tool: 'Observable',
      text: `import { DuckDBClient } from "npm:@observablehq/duckdb";

const database = DuckDBClient.of({ snapshot: FileAttachment("${name}") });
display(await database.queryRow(\`${query.replace('from ', 'from snapshot.')}\`));`,
      note: 'Observable Framework, with a copy of the file beside the page: the browser of everybody who opens the page gets all of it, so never one that is served to others.',
    },
  ];
}
