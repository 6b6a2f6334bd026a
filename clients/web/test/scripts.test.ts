import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled, packagesOf } from '../scripts/install.mjs';
import { beganAt, tryLock, unlock } from '../scripts/lock.mjs';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'web-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the lock of the build', () => {
  const path = () => join(folder, '.lock');
  const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

  it('is held by one', () => {
    expect([tryLock(path()), tryLock(path())]).toEqual([true, false]);
    unlock(path());
    expect(tryLock(path())).toBe(true);
    expect(readFileSync(path(), 'utf8')).toBe(`${process.pid} ${beganAt(process.pid)}`);
  });

  it.each([
    ['who is gone', () => `${gone()}`],
    ['who was killed before it said who it is', () => ''],
    ['whose id another process has by now', () => (beganAt(process.pid) === '' ? `${gone()}` : `${process.pid} 1`)],
  ])('is taken from one %s', (_who, text) => {
    writeFileSync(path(), text());
    expect(tryLock(path())).toBe(true);
  });

  it('leaves nothing beside it', () => {
    writeFileSync(path(), '');
    tryLock(path());
    unlock(path());
    expect(existsSync(`${path()}.${process.pid}`) || existsSync(`${path()}.${process.pid}.broken`)).toBe(false);
  });
});

describe('packages', () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('are installed as long as neither what is wanted nor what is there has changed', () => {
    mkdirSync(join(folder, 'node_modules'));
    write('package.json', '{}');
    write('package-lock.json', '{}');
    write('node_modules/.package-lock.json', '{}');
    expect(isInstalled(folder)).toBe(false);
    write('node_modules/.installed', packagesOf(folder));
    expect(isInstalled(folder)).toBe(true);
    for (const name of ['package.json', 'package-lock.json', 'node_modules/.package-lock.json']) {
      write(name, '{ }');
      expect([name, isInstalled(folder)]).toEqual([name, false]);
      write(name, '{}');
    }
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    expect(isInstalled(folder)).toBe(false);
  });
});
