// A lock that is a file. Whoever holds it is named in it from the first moment, so that one that was killed in the middle holds nothing up.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** When a process began, so that another one that has its id by now is not taken for it; nothing where the system does not tell. */
export function beganAt(pid) {
  try {
    // The name, in parentheses, may have anything in it; behind it the 20th field is the time.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[19];
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

function isHeld(text) {
  const [pid, began = ''] = text.trim().split(' ');
  return /^[1-9]\d*$/.test(pid) && isAlive(Number(pid)) && (began === '' || beganAt(pid) === '' || began === beganAt(pid));
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault;
    return false;
  }
}

/** Takes the lock, or says that somebody who still runs has it. */
export function tryLock(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${beganAt(process.pid)}`);
  try {
    if (link(mine, path)) return true;
    const owner = read(path);
    if (owner === undefined || isHeld(owner)) return false;
    // Taken away by one alone; what another one has made in its place meanwhile goes back.
    const broken = `${mine}.broken`;
    renameSync(path, broken);
    if (read(broken) !== owner) link(broken, path);
    rmSync(broken, { force: true });
    return link(mine, path);
  } catch (fault) {
    if (fault.code === 'ENOENT') return false;
    throw fault;
  } finally {
    rmSync(mine, { force: true });
  }
}

export const unlock = (path) => rmSync(path, { force: true });
