/**
 * Does at once what is asked for, and then at most once in so many milliseconds; what is asked for meanwhile is done once, at the end. A page
 * that nobody sees does it when it is looked at.
 */
export function calm(work: () => void, pause: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = false;
  const unseen = (): boolean => typeof document !== 'undefined' && document.visibilityState === 'hidden';
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (wanted) ask();
    }, pause);
  };
  const ask = (): void => {
    wanted = true;
    if (timer !== undefined || unseen()) return;
    wanted = false;
    work();
    rest();
  };
  const look = (): void => {
    if (wanted) ask();
  };
  document.addEventListener('visibilitychange', look);
  return {
    ask,
    stop(): void {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    },
  };
}
