// A table as a spreadsheet, and records on their days: with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, call, gateway, goTo, launch, signIn, until } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const at = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a table is in groups as its view says, whose heads close and open them', async () => {
  const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
  const mark = `Grouped${Date.now().toString(36)}`;
  const companies = [];
  for (const name of ['A', 'B']) companies.push(await call(page, 'POST', '/api/v1/contacts/companies', { name: `${name} ${mark}` }));
  for (const companyId of [companies[0].id, companies[1].id, companies[0].id, '']) await call(page, 'POST', '/api/v1/contacts/people?allowDuplicates=true', { lastName: mark, companyId });
  const view = await call(page, 'POST', '/api/v1/metadata/views', { resource: 'contacts.person', label: mark, visibility: 'VISIBILITY_PRIVATE', kind: 'SAVED_VIEW_KIND_TABLE', filter: `last_name = "${mark}"`, groupField: 'company_id' });
  await goTo(page, `/o/contacts.person?view=${view.id}`);
  const [head, lines] = [(name) => page.locator('.group-line', { hasText: name }), page.locator('.line.data')];
  await head(`A ${mark}`).locator('.count', { hasText: '2' }).waitFor();
  assert.deepEqual([await page.locator('.group-line').count(), await lines.count()], [3, 4]);
  assert.deepEqual(await barriers(page), [], 'a table in groups');
  await head(`A ${mark}`).locator('button').press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.line.data').length === 2);
  assert.equal(await head(`A ${mark}`).locator('.count').innerText(), '2');
  await head(`A ${mark}`).locator('button').press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.line.data').length === 4);
  // Without groups, and back.
  const menu = page.locator('.tools [aria-haspopup=menu]', { has: page.locator('.lucide-group') });
  await menu.click();
  await page.locator('[role=menuitemradio]').first().click();
  await page.waitForURL(/group=none/);
  await page.locator('.group-line').first().waitFor({ state: 'detached' });
  assert.equal(await lines.count(), 4);
  await call(page, 'DELETE', `/api/v1/metadata/views/${view.id}`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('cells are changed and pasted, columns arranged, and a deal goes to another day', async () => {
  const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', locale: 'en-GB', colorScheme: 'light' });
  const surname = `Grid${Date.now().toString(36)}`;
  const people = [];
  const company = await call(page, 'POST', '/api/v1/contacts/companies', { name: `${surname} Ltd` });
  for (const firstName of ['Ada', 'Bob']) people.push(await call(page, 'POST', '/api/v1/contacts/people', { firstName, lastName: surname, jobTitle: 'Clerk', companyId: company.id }));
  // The list is entered from the page of their company, which has shown some of the same records.
  await goTo(page, `/o/contacts.company/${company.id}`);
  await page.locator('.related-row', { hasText: surname }).first().waitFor();
  await page.locator('.nav[href$="/o/contacts.person"]').click();
  await page.waitForURL(/\/o\/contacts\.person$/);
  await page.locator('[role=columnheader]').first().waitFor();
  await page.evaluate((search) => history.replaceState(null, '', search), `${new URL(page.url()).pathname}?filter=${encodeURIComponent(`last_name = "${surname}"`)}&sort=first_name&cols=job_title,phone`);
  await page.locator('[data-row="0"]', { hasText: 'Ada' }).first().waitFor();
  assert.equal(await page.locator('.line.data').count(), people.length);
  const cell = (row, column) => page.locator(`[data-row="${row}"][data-column="${column}"]`);
  await cell(1, 2).waitFor();
  const saved = () => page.waitForResponse((answer) => answer.request().method() === 'PATCH');

  // A letter begins, Tab takes and goes on, Enter takes and goes down.
  await cell(0, 1).click();
  const first = saved();
  await page.keyboard.type('Director');
  await page.keyboard.press('Tab');
  assert.equal((await first).status(), 200);
  await cell(0, 1).getByText('Director').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-column')), '2');
  await barriers(page).then((found) => assert.deepEqual(found, [], 'the table'));

  // A block of texts, as a spreadsheet hands it over.
  await page.keyboard.press('ArrowLeft');
  const both = [saved(), page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.url().includes(people[1].id))];
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Chair\t+49 30 1\nPilot\t+49 30 2');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await Promise.all(both);
  const read = async () => (await Promise.all(people.map(({ id }) => call(page, 'GET', `/api/v1/contacts/people/${id}`)))).map(({ jobTitle, phone }) => `${jobTitle} ${phone}`);
  await until('both pasted', async () => (await read()).every((text) => / \+49 30 \d$/.test(text)));
  assert.deepEqual(await read(), ['Chair +49 30 1', 'Pilot +49 30 2']);

  // Both are chosen and changed at once, as one of the commands, and then are as they were.
  await cell(0, 0).locator('input').click();
  await cell(1, 0).locator('input').click({ modifiers: ['Shift'] });
  await page.locator('.bulk-bar p', { hasText: '2' }).waitFor();
  await barriers(page).then((found) => assert.deepEqual(found, [], 'what is chosen'));
  await page.keyboard.press('Control+k');
  await page.locator('[cmdk-item]', { hasText: 'Change a field' }).click();
  const order = page.locator('[role=dialog] form');
  await order.locator('select').selectOption({ label: 'Job title' });
  await order.locator('input.input').fill('Captain');
  await barriers(page).then((found) => assert.deepEqual(found, [], 'what shall be changed'));
  await order.locator('footer .primary').click();
  const card = page.locator('.job-card');
  await card.locator('.job-state', { hasText: 'Done' }).waitFor();
  await cell(1, 1).getByText('Captain').waitFor();
  await card.getByRole('button', { name: /^Undo/ }).click();
  await card.locator('.job-state', { hasText: /^Taken back$/ }).waitFor();
  assert.deepEqual(await read(), ['Chair +49 30 1', 'Pilot +49 30 2']);
  // With the keyboard alone, into a file.
  await cell(0, 0).focus();
  await page.keyboard.press('Control+a');
  await page.locator('.bulk-acts').getByRole('button', { name: 'Export' }).click();
  await page.keyboard.press('Enter');
  const file = await card.getByRole('link', { name: /^Download/ }).getAttribute('href');
  assert.match(await page.evaluate(async (path) => (await fetch(path)).text(), file), new RegExp(`Ada.*${surname}`));
  await card.first().getByRole('link', { name: 'All bulk actions' }).click();
  await page.locator('.job-line').nth(1).waitFor();
  await barriers(page).then((found) => assert.deepEqual(found, [], 'the jobs'));
  await page.goBack();
  await cell(0, 1).waitFor();

  // A column goes to the right, and is there when the page comes again.
  await page.locator('[role=columnheader][data-path=job_title] .head').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.waitForURL(/cols=phone%2Cjob_title/);
  await goTo(page, '/o/contacts.person');
  assert.deepEqual(await page.locator('[role=columnheader]').evaluateAll((heads) => heads.slice(1, 3).map((head) => head.dataset.path)), ['phone', 'job_title']);
  await page.locator('.columns-button').click();
  await barriers(page).then((found) => assert.deepEqual(found, [], 'the columns'));
  await page.locator('.columns-menu .button.ghost').click();
  await page.keyboard.press('Escape');

  // A deal stands on the day on which it is to close, and goes to the next one.
  const deal = await call(page, 'POST', '/api/v1/deals', { name: surname, currency: 'EUR', closeDate: at(0) });
  await page.goto(`${gateway}/app/o/deals.deal?as=calendar&span=week&filter=${encodeURIComponent(`name = "${surname}"`)}&at=${at(0)}`);
  await page.locator(`#entry-${deal.id}`).focus();
  await barriers(page).then((found) => assert.deepEqual(found, [], 'the calendar'));
  const moved = saved();
  const way = (new Date(at(0)).getUTCDay() + 6) % 7 === 6 ? -1 : 1;
  await page.keyboard.press(way === 1 ? 'Alt+ArrowRight' : 'Alt+ArrowLeft');
  assert.equal((await moved).status(), 200);
  assert.equal((await call(page, 'GET', `/api/v1/deals/${deal.id}`)).closeDate, at(way));
  await page.locator(`.calendar-day:has(time[datetime="${at(way)}"]) #entry-${deal.id}`).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
