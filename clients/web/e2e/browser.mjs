// Debian's Chromium with somebody signed in, and an eye on what a page must never do.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const gateway = (process.env.PLATFORM_URL ?? 'http://localhost:8000').replace(/\/$/, '');

/** Generous: a machine that builds beside it is slow. */
const patience = 60_000;

// The shell has no window to draw, and takes a third less of the processor.
export const executable = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

export const launch = () => chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** Waits until the page's scripts answer for what it shows: what is typed or clicked before is lost, and nobody sees when that is over. */
export const listens = (page) => page.waitForFunction(() => {
  const controls = [...document.querySelectorAll('a, button, input, select, textarea')];
  return controls.length > 0 && controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactProps$')));
});

/** Goes to a page of the application as by the address bar, until it listens. */
export async function goTo(page, path) {
  await page.goto(`${gateway}/app${path}`);
  await listens(page);
}

export async function reload(page) {
  await page.reload();
  await listens(page);
}

/** A page of somebody who has signed in; `faults` is what the browser complained about, and each request to another host. */
export async function signIn(browser, { email, locale, colorScheme, viewport = { width: 1440, height: 900 }, path = '/app/o/contacts.person' }) {
  const context = await browser.newContext({ locale, colorScheme, viewport, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const faults = [];
  await page.goto(gateway + path);
  await page.fill('input[name=username]', email);
  await page.fill('input[name=password]', 'demo');
  page.on('pageerror', (fault) => faults.push(`${fault}`));
  page.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && faults.push(message.text()));
  await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/app')), page.locator('input[name=password]').press('Enter')]);
  page.on('request', (request) => new URL(request.url()).origin === new URL(gateway).origin || faults.push(`asked ${request.url()}`));
  await page.locator('h1').waitFor();
  await listens(page);
  return { context, page, faults };
}

/** A call with the session of the page, as the page itself makes it. */
export const call = (page, method, path, body) => page.evaluate(async ({ method, path, body }) => {
  const me = await (await fetch('/bff/user')).json();
  const answer = await fetch(path, { method, headers: { 'content-type': 'application/json', 'X-CSRF-Token': me.csrfToken }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}, { method, path, body });

/** What keeps people from using the page, by WCAG 2.2 A and AA: one line each. */
export async function barriers(page) {
  // While a page follows another one, there is no title for a moment.
  await page.locator('title:not(:empty)').first().waitFor({ state: 'attached' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

/** Alice, who goes from page to page: `open` waits until one is there, `look` that nothing on it keeps people out, and takes its picture where SHOTS says where to. */
export async function begin(browser, way) {
  const signed = await signIn(browser, { email: 'alice@acme.example', ...way });
  const look = async (what) => {
    assert.deepEqual(await barriers(signed.page), [], what);
    if (process.env.SHOTS === undefined) return;
    mkdirSync(process.env.SHOTS, { recursive: true });
    await signed.page.screenshot({ path: join(process.env.SHOTS, `${way.colorScheme}-${what}.png`) });
  };
  const open = async (path) => {
    await goTo(signed.page, path);
    await signed.page.locator('.skeleton').waitFor({ state: 'detached' });
  };
  return { ...signed, look, open };
}

/** Asks again and again until it holds. */
export async function until(what, holds) {
  for (const end = Date.now() + patience; !(await holds()); await pause(100)) assert.ok(Date.now() < end, what);
}
