/**
 * Does at once what is asked for, and then, as soon as that is done, at most once in so many milliseconds; what is asked for meanwhile is done once,
 * at the end. A page that nobody sees does it when it is looked at, and one that is busy with something else when that is over.
 */
export function calm(work: () => unknown, pause: number, isBusy: () => boolean = () => false) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [wanted, working, stopped] = [false, false, false];
  const unseen = (): boolean => typeof document !== 'undefined' && document.visibilityState === 'hidden';
  const rest = (): void => {
    working = false;
    if (stopped) return;
    timer = setTimeout(() => {
      timer = undefined;
      look();
    }, pause);
  };
  const ask = (): void => {
    wanted = true;
    if (stopped || working || timer !== undefined || unseen() || isBusy()) return;
    [wanted, working] = [false, true];
    const done = work();
    if (done instanceof Promise) void done.then(rest, rest);
    else rest();
  };
  const look = (): void => {
    if (wanted) ask();
  };
  // Who leaves an editor has left it only when the page is drawn anew.
  const leave = (): void => void (wanted && setTimeout(look));
  document.addEventListener('visibilitychange', look);
  document.addEventListener('focusout', leave);
  document.addEventListener('focusin', leave);
  return {
    ask,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      document.removeEventListener('focusout', leave);
      document.removeEventListener('focusin', leave);
    },
  };
}
