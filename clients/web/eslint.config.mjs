import next from 'eslint-config-next/core-web-vitals';
import typescript from 'eslint-config-next/typescript';

const config = [
  ...next,
  ...typescript,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      // The sign-in and its like are the gateway's pages, not the application's.
      '@next/next/no-location-assign-relative-destination': 'off',
      // It speaks of React's compiler, which is not used here.
      'react-hooks/incompatible-library': 'off',
    },
  },
  { files: ['scripts/**', 'e2e/**'], rules: { 'no-console': 'off' } },
  { ignores: ['.next/**', 'next-env.d.ts', 'shots/**'] },
];

export default config;
