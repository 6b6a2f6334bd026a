// Builds the application into artifacts/web/<fingerprint of its sources>, unless it is there. One builds at a time; others wait for it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const builds = join(web, '..', '..', 'artifacts', 'web');
const lock = join(builds, '.lock');
const read = ['src', 'public', join('..', 'api', 'src')];
const also = ['package.json', 'package-lock.json', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', join('scripts', 'build.mjs')];

function* files(folder) {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)) : []) {
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

function run(step, command, ...args) {
  console.log(step);
  const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { status, error } = spawnSync(command, args, { cwd: web, stdio: 'inherit', env: environment });
  if (status !== 0) throw new Error(`${step} failed${error ? `: ${error.message}` : ''}.`);
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
};

// The lock is a file with the id of who builds: one that was killed in the middle holds nothing up.
function tryLock() {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault;
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    // Nothing stands in it in the moment in which it is made.
    if (owner !== 0 && !isAlive(owner)) rmSync(lock, { force: true });
    return false;
  }
}

function install() {
  const packages = createHash('sha256').update(readFileSync(join(web, 'package-lock.json'))).digest('hex');
  const installed = join(web, 'node_modules', '.lockfile.sha256');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === packages) return;
  run('installing packages', 'npm', 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(installed, packages);
}

function build(target) {
  install();
  run('building the pages', process.execPath, join(web, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build');
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  renameSync(join(web, '.next', 'standalone'), fresh);
  cpSync(join(web, '.next', 'static'), join(fresh, 'web', '.next', 'static'), { recursive: true });
  renameSync(fresh, target);
  // A server that still runs reads from its own build: the last one stays beside this.
  const others = readdirSync(builds).filter((name) => join(builds, name) !== target && !name.startsWith('.')).map((name) => join(builds, name));
  for (const old of others.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs).slice(1)) rmSync(old, { recursive: true, force: true });
}

/** The folder of the build of what the sources are now. */
export function built() {
  const target = join(builds, fingerprint());
  mkdirSync(builds, { recursive: true });
  while (!existsSync(target)) {
    if (!tryLock()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
      continue;
    }
    try {
      if (!existsSync(target)) build(target);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`the pages are in ${relative(process.cwd(), built())}`);
