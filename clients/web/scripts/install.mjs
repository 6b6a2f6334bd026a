// What is built with, as the lock file has it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function run(folder, step, command, ...args) {
  console.log(step);
  const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env: environment });
  if (status !== 0) throw new Error(`${step} failed${error ? `: ${error.message}` : ''}.`);
}

/** What has to be the same for packages to be the right ones: what is wanted, for which machine, and what npm has noted of them since. */
export function packagesOf(folder) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const name of ['package.json', 'package-lock.json', join('node_modules', '.package-lock.json')]) {
    const path = join(folder, name);
    hash.update(`\0${name}\0`).update(existsSync(path) ? readFileSync(path) : 'none');
  }
  return hash.digest('hex');
}

const note = (folder) => join(folder, 'node_modules', '.installed');

/** Whether the packages in the folder are those that it asks for; whoever installs or removes one in another way is found out. */
export const isInstalled = (folder) => existsSync(note(folder)) && readFileSync(note(folder), 'utf8') === packagesOf(folder);

export function install(folder) {
  if (isInstalled(folder)) return;
  run(folder, 'installing packages', 'npm', 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(note(folder), packagesOf(folder));
}
