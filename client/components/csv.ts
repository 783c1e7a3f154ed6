import type { Caveat } from '#contract/metric';
import type { Table } from '../charts/chart.ts';

/**
 * RFC 4180 with a header line. A text that a spreadsheet would run as a formula is disarmed by a leading apostrophe. What
 * the sources of the numbers do not tell stands in a last column.
 */
export function csvOf({ columns, rows }: Table, caveats: readonly Caveat[] = []): string {
  const said = caveats.length > 0 ? [field(caveats.map(({ sentence }) => sentence).join(' '))] : [];
  const header = [
    ...columns.map(({ label, unit }) => field(unit ? `${label} (${unit})` : label)),
    ...said.map(() => 'Caveats'),
  ];
  const lines = rows.map((row) => [...columns.map(({ key }) => field(row[key] ?? null)), ...said]);
  return [header, ...lines].map((fields) => `${fields.join(',')}\r\n`).join('');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Hands text to the browser as a file. */
export function keepFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
