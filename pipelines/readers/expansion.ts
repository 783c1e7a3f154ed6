/**
 * Extracts shrink 5 to 30 times: claims in CSV 7 to 12, fixed-width lines 7, FHIR 18, observations 26. Lines that differ
 * in nothing but their number came to 107. Deflate itself ends at 1032.
 */
const MOST_TIMES = 200;
/** What expands to less does no harm, however well it shrank. */
const HARMLESS_BYTES = 2 ** 28;

/** Whether a compressed file expands further than any extract would. Sizes in bytes, as far as they are known. */
export const isBomb = (packed: number, expanded: number): boolean =>
  expanded > HARMLESS_BYTES && expanded > MOST_TIMES * packed;
