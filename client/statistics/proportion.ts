const Z = 1.959964;

/** Wilson's 95 % interval of a share of `of`. */
export function wilson(part: number, of: number): { low: number; high: number } {
  const share = part / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + (Z / (2 * of)) ** 2);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
