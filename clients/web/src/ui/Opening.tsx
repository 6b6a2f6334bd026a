import type { MenuProps } from '@mui/material/Menu';
import type { MenuItemProps } from '@mui/material/MenuItem';
import type { PopoverProps } from '@mui/material/Popover';
import dynamic from 'next/dynamic';
import { useState, type ElementType } from 'react';

let parts: typeof import('./menu') | undefined;

const LoadedMenu = dynamic(() => import('./menu').then((file) => (parts = file).Menu));
const LoadedPopover = dynamic(() => import('@mui/material/Popover'));

// What opens comes when it is first opened, and then stays, so that it can close as it opened.
function useOpened(open: boolean): boolean {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened;
}

/** A menu. Pages are lighter without it until somebody opens one. */
export const Menu = (props: MenuProps) => (useOpened(props.open) ? <LoadedMenu {...props} /> : null);

/** A line of a menu: it came with the menu that it stands in, whose place on the screen depends on how many there are. */
export const MenuItem = <C extends ElementType = 'li'>(props: MenuItemProps<C, { component?: C }>) => (parts === undefined ? null : <parts.MenuItem {...(props as MenuItemProps)} />);

/** The same for what is no menu. */
export const Popover = (props: PopoverProps) => (useOpened(props.open) ? <LoadedPopover {...props} /> : null);
