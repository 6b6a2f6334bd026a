// Serves the application in this very process, so that nothing is left when it ends: PORT=3000 PLATFORM_GATEWAY=http://localhost:8000 node scripts/serve.mjs
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built } from './build.mjs';

const folder = join(built(), 'web');
Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HOSTNAME: '127.0.0.1', PORT: process.env.PORT ?? '3000' });
process.chdir(folder);
await import(pathToFileURL(join(folder, 'server.js')).href);
