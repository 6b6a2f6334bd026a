/** What menus are made of, in one piece that comes when the first is opened. */
export { default as Menu } from '@mui/material/Menu';
export { default as MenuItem } from '@mui/material/MenuItem';
