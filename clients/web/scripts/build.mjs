// Builds the application into artifacts/web, unless its sources are those of the last build. One builds at a time; others wait for it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(web, '..', '..', 'artifacts', 'web');
const lock = `${target}.lock`;
const stamp = join(target, 'sources.sha256');
const skipped = new Set(['node_modules', 'test', 'shots']);

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !skipped.has(entry.name)) yield* files(path);
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of [web, join(web, '..', 'api', 'src')])
    for (const file of files(folder)) hash.update(relative(web, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function run(step, command, ...args) {
  console.log(step);
  const { status, error } = spawnSync(command, args, { cwd: web, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${step} failed${error ? `: ${error.message}` : ''}.`);
}

const isCurrent = (sources) => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;

// A lock whose owner was killed grows old: the one that holds it touches it before each step, and none takes ten minutes.
function tryLock() {
  try {
    mkdirSync(lock);
    return true;
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > 600_000) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function build(sources) {
  const packages = createHash('sha256').update(readFileSync(join(web, 'package-lock.json'))).digest('hex');
  const installed = join(web, 'node_modules', '.lockfile.sha256');
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== packages) {
    run('installing packages', 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
    writeFileSync(installed, packages);
    utimesSync(lock, new Date(), new Date());
  }
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  run('building the pages', process.execPath, join(web, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn');
  writeFileSync(join(fresh, 'sources.sha256'), sources);
  // A gateway that runs goes on to find the scripts of pages that are open: the last build stays beside this one.
  rmSync(`${target}.old`, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, `${target}.old`);
  renameSync(fresh, target);
}

const sources = fingerprint();
mkdirSync(dirname(target), { recursive: true });
while (!isCurrent(sources)) {
  if (!tryLock()) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    continue;
  }
  try {
    if (!isCurrent(sources)) build(sources);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
console.log('the pages are up to date');
