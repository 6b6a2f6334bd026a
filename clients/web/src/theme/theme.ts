import { createTheme } from '@mui/material/styles';

/** The colours of the parts that come from the library; those of everything else are in app.css, by the same names. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-theme="%s"]' },
  colorSchemes: {
    light: { palette: { primary: { main: '#4a45d6' }, background: { default: '#ffffff', paper: '#ffffff' }, text: { primary: '#1a1a1f', secondary: '#5d5f6b' }, divider: '#e7e7ec' } },
    dark: { palette: { primary: { main: '#9a97ff' }, background: { default: '#111114', paper: '#1b1b20' }, text: { primary: '#ececf1', secondary: '#a0a1ae' }, divider: '#2a2a31' } },
  },
  shape: { borderRadius: 8 },
  typography: { fontFamily: 'inherit', fontSize: 13 },
  transitions: { duration: { enteringScreen: 120, leavingScreen: 80 } },
  components: {
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiMenu: { styleOverrides: { paper: { border: '1px solid var(--line)', boxShadow: 'var(--shadow)', minWidth: 220 }, list: { padding: 4 } } },
    MuiMenuItem: { styleOverrides: { root: { borderRadius: 5, fontSize: 13, minHeight: 32, gap: 8, padding: '4px 8px' } } },
    MuiAutocomplete: {
      styleOverrides: {
        paper: { border: '1px solid var(--line)', boxShadow: 'var(--shadow)', fontSize: 13 },
        listbox: { padding: 4 },
        option: { borderRadius: 5, minHeight: 32, fontSize: 13 },
      },
    },
    MuiDialog: { styleOverrides: { paper: { border: '1px solid var(--line)', boxShadow: 'var(--shadow)', borderRadius: 12 } } },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
  },
});
