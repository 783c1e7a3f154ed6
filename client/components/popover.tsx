import { type ReactNode, type ToggleEvent, useEffect, useId, useRef } from 'react';

interface PopoverProps {
  /** What the button says. */
  readonly label: ReactNode;
  /** The panel's name for those who cannot see where it opened. */
  readonly title: string;
  readonly className?: string;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** px under the button that a panel can do with; with less it opens above, where there is more. */
const ENOUGH = 240;

/** A button and the panel that it opens under itself. The browser closes it on Escape or a click elsewhere. */
export function Popover({ label, title, className, onOpen, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at || !panel.current) return;
    const { style, offsetWidth } = panel.current;
    const [above, below] = [at.top - 16, window.innerHeight - at.bottom - 16];
    const isAbove = below < ENOUGH && above > below;
    style.top = isAbove ? 'auto' : `${at.bottom + 4}px`;
    style.bottom = isAbove ? `${window.innerHeight - at.top + 4}px` : 'auto';
    style.maxHeight = `${isAbove ? above : below}px`;
    style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - offsetWidth - 8))}px`;
  };
  const toggled = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    if (newState === 'open') onOpen?.();
    place();
  };
  // What is in a panel may come after it has opened.
  useEffect(() => {
    if (panel.current?.matches(':popover-open')) place();
  });
  return (
    <>
      <button ref={button} type="button" className={className} popoverTarget={id}>
        {label}
      </button>
      <div ref={panel} id={id} popover="auto" className="popover" role="dialog" aria-label={title} onToggle={toggled}>
        {children}
      </div>
    </>
  );
}
