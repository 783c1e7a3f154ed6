import { type ReactNode, useState } from 'react';

/** Rows behind a line of words; they are made when it is first opened. */
export function Folded({ label, children }: { label: string; children: ReactNode }) {
  const [isOpened, open] = useState(false);
  return (
    <details className="more-rows" onToggle={({ currentTarget }) => currentTarget.open && open(true)}>
      <summary>{label}</summary>
      {isOpened && children}
    </details>
  );
}
