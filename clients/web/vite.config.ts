import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  base: '/app/',
  plugins: [react()],
  resolve: {
    alias: {
      '@platform/api': here('../api/src/index.ts'),
      // The client is taken from its source, and what it needs from here.
      'openapi-fetch': here('node_modules/openapi-fetch'),
    },
  },
  build: {
    // Nothing is inlined as data: the policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: { include: ['test/**/*.test.ts'] },
  server: { proxy: { '/api': 'http://localhost:8000', '/bff': 'http://localhost:8000' } },
});
