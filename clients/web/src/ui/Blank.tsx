import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What stands where there is nothing to show: what that means, and what to do. */
export function Blank({ icon: Icon, title, children, action }: { readonly icon: LucideIcon; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className="blank">
      <span className="blank-icon"><Icon size={22} aria-hidden /></span>
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}
