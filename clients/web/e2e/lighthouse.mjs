// Lighthouse on the running stack: node e2e/lighthouse.mjs. It is fetched by npx at the version named here, which is the last for Node 20.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executable, gateway } from './browser.mjs';
import { known } from './data.mjs';

const version = '12.8.2';
const [least, port] = [95, 9333];
const open = ['/kb/acme', '/kb/acme/connect-a-vehicle', '/forms/acme/contact', '/signup'];
const own = ['/app', '/app/o/contacts.person', '/app/o/deals.deal?as=board', '/app/o/deals.deal?as=calendar', '/app/reports/funnel', '/app/reports/forecast', '/app/reports/team', '/app/import', '/app/jobs', '/app/settings/members', '/app/settings/objects', '/app/settings/theme'];

// One browser, so that Lighthouse finds the session: it opens pages of its own in it.
const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, { executablePath: executable, args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`], viewport: null });
const page = await browser.newPage();
await page.goto(`${gateway}/app`);
await page.fill('input[name=username]', 'alice@acme.example');
await page.fill('input[name=password]', 'demo');
await page.locator('input[name=password]').press('Enter');
await page.waitForURL((url) => url.pathname.startsWith('/app'));

const { company, deal, invoice } = await known(page);
const pages = [...open, ...own, `/app/o/contacts.company/${company}`, `/app/o/deals.deal/${deal}`, `/app/o/finance.invoice/${invoice}`];

let low = 0;
for (const path of pages) {
  const file = join(profile, 'report.json');
  const categories = ['accessibility', 'best-practices', ...(open.includes(path) ? ['seo'] : [])];
  const { status, stderr } = spawnSync('npx', ['--yes', `lighthouse@${version}`, gateway + path, `--port=${port}`, '--preset=desktop', '--disable-storage-reset', '--quiet', '--output=json', `--output-path=${file}`, `--only-categories=${[...categories, 'performance'].join(',')}`], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const scores = categories.map((name) => [name, Math.round(report.categories[name].score * 100)]);
  const shift = report.audits['cumulative-layout-shift'].numericValue;
  const failed = Object.values(report.categories).filter(({ id }) => id !== 'performance').flatMap(({ auditRefs }) => auditRefs).map(({ id }) => report.audits[id]).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative');
  console.log(`${path}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}, shift ${shift.toFixed(3)}`);
  for (const { title } of failed) console.log(`    ${title}`);
  if (scores.some(([, score]) => score < least) || shift > 0.001) low++;
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.exitCode = low > 0 ? 1 : 0;
