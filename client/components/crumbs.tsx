import type { ReactNode } from 'react';

/** Where a page stands: the steps that lead to it, as list items. */
export const Crumbs = ({ children }: { children: ReactNode }) => (
  <nav aria-label="Where this is">
    <ol className="crumbs">{children}</ol>
  </nav>
);
