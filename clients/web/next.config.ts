import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const clients = join(dirname(fileURLToPath(import.meta.url)), '..');

const config: NextConfig = {
  output: 'standalone',
  basePath: '/app',
  outputFileTracingRoot: clients,
  // No picture is made smaller here, so the library for it stays out of what is installed.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  turbopack: { root: clients, resolveAlias: { 'openapi-fetch': './node_modules/openapi-fetch' } },
  // The gateway compresses all answers alike.
  compress: false,
  poweredByHeader: false,
  // test.sh checks the types; twice would be twice the time.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
