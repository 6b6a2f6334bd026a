import { defineConfig } from 'vitest/config';

const here = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  resolve: {
    alias: {
      '@platform/api': here('../api/src/index.ts'),
      // The client is taken from its source, and what it needs from here.
      'openapi-fetch': here('node_modules/openapi-fetch'),
    },
  },
  test: { include: ['test/**/*.test.ts'], server: { deps: { inline: ['next-intl'] } } },
});
