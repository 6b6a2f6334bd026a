// What a browser without a cache loads for a page, and whether anything moves while it comes.
import { gateway } from './browser.mjs';

/** Compressed JavaScript of a cold page, in bytes. */
export const mostScript = 300 * 1024;

/** Layout shift that nobody sees. */
export const mostMoved = 0.001;

const watch = () => {
  [globalThis.shifts, globalThis.moved] = [0, []];
  const named = ({ node, previousRect, currentRect }) => `${(node?.outerHTML ?? node?.parentElement?.outerHTML ?? '?').slice(0, 160)} from ${previousRect.x},${previousRect.y} to ${currentRect.x},${currentRect.y}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput)) {
      globalThis.shifts += entry.value;
      globalThis.moved.push(...entry.sources.map(named));
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/** Bytes of scripts, the layout shift (CLS), and what moved, of a page as somebody with these cookies opens it for the first time. */
export async function weigh(browser, cookies, path, more = {}) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 1440, height: 900 }, ...more });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.addInitScript(watch);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set();
  let script = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.has(requestId) && (script += encodedDataLength));
  await page.goto(gateway + path, { waitUntil: 'networkidle' });
  const [shift, moved] = await page.evaluate(() => [globalThis.shifts, globalThis.moved]);
  await context.close();
  return { script, shift, moved };
}
