import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';

interface DrawingProps {
  /** Draws at this width in px; every answer it gives is a `[data-point]` with an aria-label (see charts/chart.ts). */
  readonly draw: (width: number) => Element;
  /** What the drawing shows, for those who do not see it. */
  readonly label: string;
  /** Opens what lies behind a point, by the id it carries. */
  readonly onSelect?: ((point: string) => void) | undefined;
}

interface Spot {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly flip: boolean;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * A chart drawn at its container's width. One stop of the Tab key; the arrow keys walk its points and read them out.
 * Drawing and measuring change no state: where many answers come at once, drawings that each render again after they
 * were mounted add up to what React takes for an endless loop.
 */
export function Drawing({ draw, label, onSelect }: DrawingProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const told = useRef<HTMLOutputElement>(null);
  /** px of the last drawing; kept, because to ask the page for it makes the browser lay out all that changed before. */
  const drawn = useRef(0);
  const [spot, setSpot] = useState<Spot | null>(null);

  useLayoutEffect(() => {
    const node = frame.current;
    if (!node) return;
    const drawAt = (width: number) => {
      drawn.current = width;
      canvas.current?.replaceChildren(...(width === 0 ? [] : [draw(width)]));
      pointsOf(canvas.current).forEach((point, at) => {
        point.setAttribute('tabindex', at === 0 ? '0' : '-1');
      });
      if (told.current?.textContent) setSpot(null);
    };
    drawAt(drawn.current || Math.floor(node.clientWidth));
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width !== 0 && width !== drawn.current) drawAt(width);
    });
    observer.observe(node);
    // The pages are counted before any observer or media query tells of the paper, so its width is known beforehand.
    const onPaper = () => {
      const width = Number(getComputedStyle(document.documentElement).getPropertyValue('--page-width'));
      if (width > 0 && node.closest('.figure') && !node.closest('table')) drawAt(width);
    };
    const onScreen = () => drawAt(Math.floor(node.clientWidth));
    window.addEventListener('beforeprint', onPaper);
    window.addEventListener('afterprint', onScreen);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', onPaper);
      window.removeEventListener('afterprint', onScreen);
    };
  }, [draw]);

  const show = (target: EventTarget) => {
    const point = target instanceof Element ? target.closest('[data-point]') : null;
    const text = point?.getAttribute('aria-label');
    if (!point || !text || !frame.current) return setSpot(null);
    const at = point.getBoundingClientRect();
    const within = frame.current.getBoundingClientRect();
    const left = at.left + at.width / 2 - within.left;
    setSpot({ text, left, top: at.top - within.top, flip: left > within.width / 2 });
  };

  const walk = (event: KeyboardEvent) => {
    const points = pointsOf(canvas.current);
    const here = points.findIndex((point) => point.matches(':focus'));
    const step = STEPS[event.key];
    const next =
      step !== undefined
        ? points[here + step]
        : event.key === 'Home'
          ? points[0]
          : event.key === 'End'
            ? points.at(-1)
            : null;
    if (event.key === 'Escape') setSpot(null);
    // Else the same press would go on to what opens, and close it again.
    if (next !== null || event.key === 'Enter') event.preventDefault();
    if (event.key === 'Enter') select(event.target);
    if (next === null) return;
    points[here]?.setAttribute('tabindex', '-1');
    next?.setAttribute('tabindex', '0');
    next?.focus();
  };

  const select = (target: EventTarget) => {
    const point = target instanceof Element ? target.closest('[data-point]')?.getAttribute('data-point') : null;
    if (point) onSelect?.(point);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields; these are points of a drawing
    <div
      ref={frame}
      className={onSelect ? 'drawing selectable' : 'drawing'}
      role="group"
      aria-label={label}
      onKeyDown={walk}
      onFocus={(event) => show(event.target)}
      onBlur={() => setSpot(null)}
      onPointerMove={(event: PointerEvent) => event.pointerType === 'mouse' && show(event.target)}
      onPointerLeave={() => setSpot(null)}
      onClick={(event) => {
        show(event.target);
        select(event.target);
      }}
    >
      <div ref={canvas} />
      <output
        ref={told}
        className={spot?.flip ? 'spot flip' : 'spot'}
        hidden={!spot}
        style={spot ? { left: spot.left, top: spot.top } : undefined}
      >
        {spot?.text}
      </output>
    </div>
  );
}

const pointsOf = (canvas: HTMLElement | null) => [...(canvas?.querySelectorAll<SVGElement>('[data-point]') ?? [])];
