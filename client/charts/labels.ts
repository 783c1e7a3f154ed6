import type * as Plot from '@observablehq/plot';
import { halo, LINE, TEXT, type TextOptions, write } from './frame.ts';

/** About how wide a line of IBM Plex Sans Condensed is at 12 px, in px; a little over rather than under. */
export function textWidth(text: string): number {
  let em = 0;
  for (const letter of text) {
    if (/[\s.,:;'’!|()[\]ijltfr-]/.test(letter)) em += 0.29;
    else if (/[mwMW%@&]/.test(letter)) em += 0.78;
    else if (/[A-Z0-9$+<>=−–≤≥]/.test(letter)) em += 0.55;
    else em += 0.48;
  }
  return 12 * em;
}

/** As much of the text as fits, ending in an ellipsis where some is lost. */
export function clipped(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = text;
  while (kept && textWidth(`${kept}…`) > width) kept = kept.slice(0, -1);
  return kept && `${kept.trimEnd()}…`;
}

/** Lines of whole words no wider than `width`; a longer word is clipped. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(clipped(word, width));
  }
  return lines;
}

/** One line where it fits, else two: after the last colon if both parts fit, else as `wrapped`; what is left over is clipped. */
export function folded(text: string, width: number): string[] {
  if (textWidth(text) <= width) return [text];
  const colon = text.lastIndexOf(': ');
  const parts = [text.slice(0, colon + 1), text.slice(colon + 2)];
  if (colon > 0 && parts.every((part) => textWidth(part) <= width)) return parts;
  const [first = '', ...rest] = wrapped(text, width);
  return [first, clipped(rest.join(' '), width)];
}

/** Positions on one line, kept `gap` apart and as near to their own as they can be, in their own order. */
export function spread(positions: readonly number[], gap = LINE): number[] {
  const order = positions.map((_, at) => at).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const clusters: { members: number[]; middle: number }[] = [];
  for (const at of order) {
    clusters.push({ members: [at], middle: positions[at] ?? 0 });
    for (let last = clusters.at(-1), before = clusters.at(-2); last && before; ) {
      const needed = (gap * (last.members.length + before.members.length)) / 2;
      if (last.middle - before.middle >= needed) break;
      const members = [...before.members, ...last.members];
      const middle = members.reduce((total, member) => total + (positions[member] ?? 0), 0) / members.length;
      clusters.splice(-2, 2, { members, middle });
      [last, before] = [clusters.at(-1), clusters.at(-2)];
    }
  }
  const placed = [...positions];
  for (const { members, middle } of clusters) {
    for (const [at, member] of members.entries()) placed[member] = middle + gap * (at - (members.length - 1) / 2);
  }
  return placed;
}

export type Box = { left: number; right: number; top: number; bottom: number };

/** A mark that wants a label. */
export type Anchor = {
  /** Its centre and radius in px. */
  x: number;
  y: number;
  r: number;
  /** Lines of the label, from the fullest wording to the shortest that would still do. */
  texts: readonly (readonly string[])[];
  /** Where the label stands by preference; 'beside' is level only. */
  side: 'above' | 'below' | 'beside';
};

/** Where a label stands relative to its mark, as Plot's text takes it. */
export type Placement = { text: string; dx: number; dy: number; textAnchor: 'start' | 'middle' | 'end' };

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * A place for each label where it covers no mark, no other label and no edge, first come first served; null where there
 * is none, since a label that hides another says less than no label.
 */
export function place(anchors: readonly Anchor[], obstacles: readonly Box[], bounds: Box): (Placement | null)[] {
  const taken = [...obstacles];
  return anchors.map((anchor) => {
    for (const lines of anchor.texts) {
      for (const spot of spots(anchor, lines.length * LINE)) {
        const box = boxOf(anchor, lines, spot);
        const inside =
          box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
        if (!inside || taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        return { ...spot, text: lines.join('\n') };
      }
    }
    return null;
  });
}

type Spot = Omit<Placement, 'text'>;

function spots({ r, side }: Anchor, height: number): Spot[] {
  const beside: Spot[] = [
    { dx: r + 6, dy: 0, textAnchor: 'start' },
    { dx: -r - 6, dy: 0, textAnchor: 'end' },
  ];
  if (side === 'beside') return beside;
  const off = (dy: number): Spot[] => [
    { dx: -r, dy, textAnchor: 'end' },
    { dx: r, dy, textAnchor: 'start' },
    { dx: 0, dy, textAnchor: 'middle' },
  ];
  const away = (r + height / 2 + 2) * (side === 'above' ? -1 : 1);
  return [...off(away), ...beside, ...off(-away)];
}

function boxOf({ x, y }: Anchor, lines: readonly string[], { dx, dy, textAnchor }: Spot): Box {
  const width = Math.max(...lines.map(textWidth)) * 1.06;
  const height = lines.length * LINE;
  const left = x + dx - { start: 0, middle: width / 2, end: width }[textAnchor];
  const top = y + dy - height / 2;
  return { left, right: left + width, top, bottom: top + height };
}

/** The placed label as a mark; nothing where there was no place. */
export function placed(where: Placement | null | undefined, options: TextOptions<string>): Plot.Markish {
  if (!where) return null;
  const { text, dx, dy, textAnchor } = where;
  return write([text], { ...halo, lineHeight: LINE / TEXT, ...options, dx, dy: dy + (options.dy ?? 0), textAnchor });
}

export const around = (x: number, y: number, r: number): Box => ({
  left: x - r,
  right: x + r,
  top: y - r,
  bottom: y + r,
});
