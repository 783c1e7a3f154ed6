import { quoted } from '../engine/sql.ts';

/** A column name as SQL takes it, whatever characters it holds. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A path as DuckDB's readers take it: one file, whatever glob characters its name holds. */
export const pathText = (path: string): string => quoted(path.replace(/[[*?]/g, '[$&]'));
