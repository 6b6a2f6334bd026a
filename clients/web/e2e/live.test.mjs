// Two people at once: what one does, the other sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, call, goTo, launch, signIn } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const wide = { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1920, height: 900 } };
const connected = (page) => page.locator('[data-live=live]').waitFor({ state: 'attached' });

test('A deal that Alice moves is moved before the eyes of Sam', async () => {
  const [alice, sam] = [await signIn(browser, { email: 'alice@acme.example', ...wide }), await signIn(browser, { email: 'sam@acme.example', ...wide })];
  const pipeline = (await call(alice.page, 'GET', '/api/v1/pipelines')).pipelines.find((entry) => entry.isDefault);
  const [first, second] = pipeline.stages;
  const called = `Live${Date.now().toString(36)}`;
  const company = await call(alice.page, 'POST', '/api/v1/contacts/companies', { name: `${called} Ltd` });
  const deal = await call(alice.page, 'POST', '/api/v1/deals', { name: called, companyId: company.id, currency: 'EUR', amountEstimate: { amount: '1200.00', currency: 'EUR' } });
  const board = `/o/deals.deal?as=board&q=${called}`;
  const card = (page, stage) => page.locator('.stage', { has: page.locator(`#stage-${stage}`) }).locator('.card', { hasText: called });
  for (const { page } of [alice, sam]) {
    await goTo(page, board);
    await card(page, first.id).waitFor();
    await connected(page);
  }

  // Each sees that the other is here.
  await alice.page.locator('[data-watcher]').waitFor();
  await sam.page.locator('[data-watcher]').waitFor();
  assert.deepEqual(await barriers(sam.page), [], 'a board with two people');

  await alice.page.locator('.card-title', { hasText: called }).focus();
  await alice.page.keyboard.press('Alt+ArrowRight');
  await card(sam.page, second.id).waitFor();

  // The record, its name changed elsewhere; and who leaves is not there any more.
  await goTo(sam.page, `/o/deals.deal/${deal.id}`);
  await sam.page.locator('h1', { hasText: called }).waitFor();
  await connected(sam.page);
  await alice.page.locator('[data-watcher]').waitFor({ state: 'detached' });
  await call(alice.page, 'PATCH', `/api/v1/deals/${deal.id}?updateMask=name`, { name: `${called} again` });
  await sam.page.locator('h1', { hasText: `${called} again` }).waitFor();

  // Without a connection one is told so; what was missed is there when it is back.
  await sam.context.setOffline(true);
  await sam.page.locator('.live-banner.offline').waitFor();
  assert.deepEqual(await barriers(sam.page), [], 'offline');
  await call(alice.page, 'PATCH', `/api/v1/deals/${deal.id}?updateMask=name`, { name: `${called} meanwhile` });
  await sam.context.setOffline(false);
  await sam.page.locator('h1', { hasText: `${called} meanwhile` }).waitFor();
  await sam.page.locator('.live-banner').waitFor({ state: 'detached' });
  assert.deepEqual(alice.faults, []);
  await alice.context.close();
  await sam.context.close();
});

test('Who is related to a person comes and goes before the eyes of Sam, and so does what stands in the timeline', async () => {
  const [alice, sam] = [await signIn(browser, { email: 'alice@acme.example', ...wide }), await signIn(browser, { email: 'sam@acme.example', ...wide })];
  const called = `Related${Date.now().toString(36)}`;
  const [person, other] = [await call(alice.page, 'POST', '/api/v1/contacts/people', { lastName: called }), await call(alice.page, 'POST', '/api/v1/contacts/people', { lastName: `${called}Sister` })];
  await goTo(sam.page, `/o/contacts.person/${person.id}`);
  await sam.page.locator('h1', { hasText: called }).waitFor();
  await connected(sam.page);
  const line = sam.page.locator('.related[aria-label=Relations] li', { hasText: other.lastName });
  const relation = await call(alice.page, 'POST', '/api/v1/contacts/relations', { fromPersonId: other.id, toPersonId: person.id, label: 'Sister' });
  await line.locator('small', { hasText: 'Sister' }).waitFor();
  await call(alice.page, 'PATCH', `/api/v1/contacts/relations/${relation.id}?updateMask=label`, { label: 'Twin' });
  await line.locator('small', { hasText: 'Twin' }).waitFor();
  await call(alice.page, 'DELETE', `/api/v1/contacts/relations/${relation.id}`);
  await line.waitFor({ state: 'detached' });

  const note = sam.page.locator('.record-side', { hasText: `${called} was here` });
  const written = await call(alice.page, 'POST', '/api/v1/contacts/activities', { personId: person.id, kind: 'ACTIVITY_KIND_NOTE', subject: `${called} was here` });
  await note.waitFor();
  await call(alice.page, 'DELETE', `/api/v1/contacts/activities/${written.id}`);
  await note.waitFor({ state: 'detached' });

  const consent = sam.page.locator('.field', { hasText: 'phone calls' });
  await call(alice.page, 'POST', `/api/v1/contacts/people/${person.id}/consents`, { purpose: 'phone_calls', given: true });
  await consent.waitFor();
  await alice.context.close();
  await sam.context.close();
});
