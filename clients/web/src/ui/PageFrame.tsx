import type { ReactNode } from 'react';
import { Title } from './Title';

interface Props {
  readonly title: string;
  /** What can be done with the page as a whole, at its head. */
  readonly actions?: ReactNode;
  /** Between the head and what moves. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
}

/** A page that is no list and no record: its name, and what it says below it. */
export function PageFrame({ title, actions, bar, children }: Props) {
  return (
    <div className="page">
      <Title>{title}</Title>
      <header className="topbar"><h1 className="truncate">{title}</h1><span className="grow" />{actions}</header>
      {bar}
      <div className="sheet-page">{children}</div>
    </div>
  );
}
