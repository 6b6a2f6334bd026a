import type { MenuProps } from '@mui/material/Menu';
import type { PopoverProps } from '@mui/material/Popover';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const LoadedMenu = dynamic(() => import('@mui/material/Menu'));
const LoadedPopover = dynamic(() => import('@mui/material/Popover'));

// What opens comes when it is first opened, and then stays, so that it can close as it opened.
function useOpened(open: boolean): boolean {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened;
}

/** A menu. Pages are lighter without it until somebody opens one. */
export const Menu = (props: MenuProps) => (useOpened(props.open) ? <LoadedMenu {...props} /> : null);

/** The same for what is no menu. */
export const Popover = (props: PopoverProps) => (useOpened(props.open) ? <LoadedPopover {...props} /> : null);
