import type { ReactNode, Ref } from 'react';

interface Props {
  label: string;
  className?: string;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A part of the page that scrolls by itself. It takes the focus, because those without a mouse scroll it with the arrow keys. */
export function ScrollRegion({ label, className, ref, children }: Props) {
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: what scrolls must be reachable by keyboard
  return <div ref={ref} className={className} role="region" aria-label={label} tabIndex={0}>{children}</div>;
}
