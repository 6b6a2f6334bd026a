// Builds the application into artifacts/web/<fingerprint of its sources>, unless it is there. One builds at a time; others wait for it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled, run } from './install.mjs';
import { tryLock, unlock } from './lock.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const builds = join(web, '..', '..', 'artifacts', 'web');
const lock = join(builds, '.lock');
const read = ['src', join('..', 'api', 'src')];
const also = ['package.json', 'package-lock.json', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', join('scripts', 'build.mjs'), join('scripts', 'install.mjs')];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  const paths = [...also.map((file) => join(web, file)), ...read.flatMap((folder) => [...files(join(web, folder))])];
  for (const path of paths) hash.update(relative(web, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function build(target) {
  install(web);
  run(web, 'building the pages', process.execPath, join(web, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build');
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  renameSync(join(web, '.next', 'standalone'), fresh);
  cpSync(join(web, '.next', 'static'), join(fresh, 'web', '.next', 'static'), { recursive: true });
  renameSync(fresh, target);
  // A server that still runs reads from its own build: the last one stays beside this.
  const others = readdirSync(builds).filter((name) => join(builds, name) !== target && !name.startsWith('.')).map((name) => join(builds, name));
  for (const old of others.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs).slice(1)) rmSync(old, { recursive: true, force: true });
}

function untilDone(isDone, work) {
  mkdirSync(builds, { recursive: true });
  while (!isDone()) {
    if (!tryLock(lock)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
      continue;
    }
    try {
      if (!isDone()) work();
    } finally {
      unlock(lock);
    }
  }
}

/** The folder of the build of what the sources are now. */
export function built() {
  const target = join(builds, fingerprint());
  untilDone(() => existsSync(target), () => build(target));
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // Whoever tests needs the packages too, which a build that is there already does not say anything of.
  untilDone(() => isInstalled(web), () => install(web));
  console.log(`the pages are in ${relative(process.cwd(), built())}`);
}
