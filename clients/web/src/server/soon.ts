import 'server-only';

/** As long as nobody notices, in milliseconds. */
const patience = 400;

/** Waits for what a page is better with and can do without; what takes longer, the browser asks for. */
export const soon = (wanted: Promise<unknown>): Promise<unknown> => {
  let timer: ReturnType<typeof setTimeout>;
  return Promise.race([wanted, new Promise((done) => (timer = setTimeout(done, patience)))]).finally(() => clearTimeout(timer));
};
