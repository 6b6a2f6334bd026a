// Deals over a board, by hand and by keyboard, and the commands that lead anywhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, call, goTo, launch, signIn } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light' },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

// The page listens to keys as soon as its scripts have come, which nobody sees.
async function open(page, shown) {
  for (let tries = 0; tries < 12; tries++) {
    await page.keyboard.press('Control+k');
    if (await shown.waitFor({ timeout: 5000 }).then(() => true, () => false)) return;
  }
  assert.fail('The commands do not open.');
}

for (const { name, ...way } of ways)
  test(`Alice goes through the company by keyboard: ${name}`, async () => {
    const { context, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...way });
    const dialog = page.locator('[role=dialog]');
    await open(page, dialog.locator('input'));
    await dialog.locator('input').fill(way.locale.startsWith('ru') ? 'комп' : 'compan');
    await dialog.locator('[cmdk-item][data-selected=true]').waitFor();
    assert.deepEqual(await barriers(page), [], 'the commands');
    await page.keyboard.press('Enter');
    await page.waitForURL(/contacts\.company$/);
    await page.keyboard.press('Shift+?');
    await dialog.locator('h2').waitFor();
    assert.deepEqual(await barriers(page), [], 'the sheet of keys');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/deals\.deal$/);
    assert.deepEqual(faults, []);
    await context.close();
  });

test('Alice moves deals over the board, with the mouse and without', async () => {
  const { context: window, page, faults } = await signIn(browser, { email: 'alice@acme.example', ...ways[0], viewport: { width: 1920, height: 900 } });
  const deals = await call(page, 'GET', '/api/v1/metadata/resources/deals.deal');
  assert.ok(deals.fields.some((field) => field.path === 'stage_id'), 'deals have stages');
  const pipeline = (await call(page, 'GET', '/api/v1/pipelines')).pipelines.find((entry) => entry.isDefault);
  const [first, second] = pipeline.stages;
  const called = `Board${Date.now().toString(36)}`;
  const company = await call(page, 'POST', '/api/v1/contacts/companies', { name: `${called} Ltd` });
  const deal = await call(page, 'POST', '/api/v1/deals', { name: called, companyId: company.id, currency: 'EUR', amountEstimate: { amount: '1200.00', currency: 'EUR' }, competitors: [{ name: 'Rival' }] });
  await goTo(page, `/o/deals.deal?as=board&q=${called}`);
  const stage = (id) => page.locator('.stage', { has: page.locator(`#stage-${id}`) });
  const stands = (id) => stage(id).locator('.card', { hasText: called }).waitFor();
  const stageNow = async () => (await call(page, 'GET', `/api/v1/deals/${deal.id}`)).stageId;
  const answered = () => page.waitForResponse((answer) => answer.url().endsWith(':move'));
  // As a hand does it: a drag begins and arrives by steps.
  const drag = async (to) => {
    const [from, goal] = [await page.locator('.card', { hasText: called }).boundingBox(), await stage(to).boundingBox()];
    await page.mouse.move(from.x + 20, from.y + from.height - 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + from.height, { steps: 4 });
    await page.mouse.move(goal.x + 40, goal.y + 120, { steps: 8 });
    await page.locator('.stage[data-over=true]', { has: page.locator(`#stage-${to}`) }).waitFor();
    await page.mouse.up();
  };
  await stands(first.id);
  assert.deepEqual(await barriers(page), [], 'the board');

  // By keyboard, and the card keeps the focus.
  await page.locator('.card-title', { hasText: called }).focus();
  const [onwards] = await Promise.all([answered(), page.keyboard.press('Alt+ArrowRight')]);
  assert.equal(onwards.status(), 200);
  await stands(second.id);
  await page.locator(`#card-${deal.id}:focus`).waitFor();
  assert.equal(await stageNow(), second.id);

  // Twice in a row, faster than the platform answers: the second move goes by what the first one has made of the deal.
  const answers = [];
  page.on('response', (answer) => answer.url().endsWith(':move') && answers.push(answer.status()));
  await page.keyboard.press('Alt+ArrowRight');
  await page.locator(`#card-${deal.id}:focus`).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  for (let deadline = Date.now() + 30_000; answers.length < 2 && Date.now() < deadline; ) await page.waitForResponse((answer) => answer.url().endsWith(':move'), { timeout: 2000 }).catch(() => undefined);
  assert.deepEqual(answers, [200, 200]);
  await stands(second.id);
  assert.equal(await stageNow(), second.id);
  await page.locator('.notice', { hasText: second.name }).waitFor();
  // What follows is taken back from here. A key is pressed when the card that was made anew has the focus again.
  const held = page.locator(`#card-${deal.id}:focus`);
  await held.waitFor();
  await Promise.all([answered(), page.keyboard.press('Alt+ArrowLeft')]);
  await stands(first.id);
  await held.waitFor();
  await Promise.all([answered(), page.keyboard.press('Alt+ArrowRight')]);
  await stands(second.id);
  await page.locator('.notice', { hasText: second.name }).waitFor();

  // Taken back, and brought there again by hand.
  const undo = page.locator('.notice button');
  await Promise.all([answered(), undo.click()]);
  await stands(first.id);
  const [dragged] = await Promise.all([answered(), drag(second.id)]);
  assert.equal(dragged.status(), 200);
  await stands(second.id);

  // Lost, with a reason.
  const lost = pipeline.stages.find((entry) => entry.kind === 'STAGE_KIND_LOST');
  await stage(lost.id).scrollIntoViewIfNeeded();
  await drag(lost.id);
  const dialog = page.locator('[role=dialog]');
  await dialog.locator('textarea').fill('Too dear');
  assert.deepEqual(await barriers(page), [], 'the reason');
  if ((await dialog.locator('select').count()) > 1) await dialog.locator('select').first().selectOption({ index: 1 });
  await dialog.locator('select').last().selectOption({ label: 'Rival' });
  const [closed] = await Promise.all([answered(), dialog.locator('.primary').click()]);
  assert.equal(closed.status(), 200);
  await stands(lost.id);
  const gone = await call(page, 'GET', `/api/v1/deals/${deal.id}`);
  assert.deepEqual([gone.status, gone.competitors.map((other) => other.status)], ['DEAL_STATUS_LOST', ['COMPETITOR_STATUS_WON']]);
  assert.deepEqual(faults, []);
  await window.close();
});
