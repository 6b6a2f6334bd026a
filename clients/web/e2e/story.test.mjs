// A company from its sign-up to its first invoice, through pages alone: those who work in it, those who may less, another company, and the customer. It takes minutes, and is run by itself; PLATFORM_MAIL says where the inbox is.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { barriers, call, gateway, goTo, launch, listens, signIn, until } from './browser.mjs';

const inbox = (process.env.PLATFORM_MAIL ?? 'http://localhost:8025').replace(/\/$/, '');
const password = 'a first sentence of my own';
const patience = 60_000;
// Trying and writing ten thousand rows takes its time.
const longPatience = 300_000;
const rows = 10_000;

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light', words: { thing: 'Kiln', things: 'Kilns', power: 'Power', liking: 'Likes' } },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 }, words: { thing: 'Печь', things: 'Печи', power: 'Мощность', liking: 'Любит' } },
];

const newest = async (address) => {
  const { messages } = await (await fetch(`${inbox}/api/v1/messages?to=${encodeURIComponent(address)}`)).json();
  return messages.length === 0 ? undefined : (await (await fetch(`${inbox}/api/v1/messages/${messages[0].id}`)).json()).text;
};

/** The link in the mail that came to this address, as soon as it is there. */
async function mailedLink(address) {
  let text;
  await until(`a mail to ${address}`, async () => (text = await newest(address)) !== undefined);
  return /https?:\/\/\S+\/login-actions\/action-token\S+/.exec(text)[0];
}

for (const { name, words, ...way } of ways)
  test(`A company signs up, sells and is paid attention to: ${name}`, async (story) => {
    const said = JSON.parse(readFileSync(new URL(`../src/i18n/${way.locale.slice(0, 2)}.json`, import.meta.url), 'utf8'));
    const [stamp, phone] = [Date.now().toString(36), way.viewport !== undefined];
    const address = (who) => `${who}-${stamp}@newcomer.example`;
    const [faults, windows] = [[], []];
    const shoot = async (page, what) => {
      if (process.env.SHOTS === undefined) return;
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.SHOTS, `${way.colorScheme}-story-${what}.png`) });
    };
    const look = async (page, what) => {
      await shoot(page, what);
      assert.deepEqual(await barriers(page), [], what);
    };

    // Where each of them is at the end, or where it went wrong.
    story.after(async () => {
      for (const [index, { context, page }] of windows.entries()) {
        if (!page.isClosed()) await shoot(page, `last-${index}`);
        await context.close();
      }
    });

    /** A window of somebody who is nobody yet. */
    const arrive = async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...way, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      windows.push({ context, page });
      page.on('pageerror', (fault) => faults.push(`${fault}`));
      page.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && faults.push(message.text()));
      return { context, page };
    };
    const enter = async ({ page }, who) => {
      await page.goto(`${gateway}/app`);
      await page.locator('input[name=username]').fill(address(who));
      await page.fill('input[name=password]', password);
      await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/app')), page.locator('input[name=password]').press('Enter')]);
      await page.locator('h1').waitFor();
      await listens(page);
    };
    const go = async (page, path) => {
      await goTo(page, path);
      await page.locator('.skeleton').waitFor({ state: 'detached' });
    };
    // The link of a mail leads to a page with a form, at last to one that asks for the password.
    const choosePassword = async ({ page }, who) => {
      await page.goto(await mailedLink(address(who)));
      const done = page.locator('[data-done=steps]');
      for (let pages = 0; pages < 6 && (await done.count()) === 0; pages++) {
        const fresh = page.locator('input[name=password-new]');
        if ((await fresh.count()) > 0) {
          await look(page, 'password');
          await fresh.fill(password);
          await page.locator('input[name=password-confirm]').fill(password);
        }
        await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit], form button[type=submit]').first().click()]);
      }
      await done.waitFor();
      await look(page, 'password-chosen');
    };

    // Nora signs her company up, on a page for everybody, and chooses her password by the mail.
    const nora = await arrive();
    const page = nora.page;
    await page.goto(gateway);
    await page.locator('a[href="/signup"]').click();
    await page.locator('button.main').click();
    await page.locator('.fault').first().waitFor();
    await look(page, 'signup-wrong');
    for (const [field, value] of [['company_name', `Newcomer ${stamp}`], ['slug', `newcomer-${stamp}`], ['country', 'de'], ['name', 'Nora Newcomer'], ['email', address('nora')]]) await page.fill(`input[name="values.${field}"]`, value);
    await page.uncheck('input[name="values.demo_data"]');
    await look(page, 'signup');
    await page.locator('button.main').click();
    await page.waitForURL(/\/signup\/[^/]+$/);
    const ready = page.locator('.blank a[href="/app"]');
    await until('the company', async () => (await ready.count()) > 0 || (await page.reload()) === null);
    await look(page, 'signed-up');
    await choosePassword(nora, 'nora');
    await enter(nora, 'nora');
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]), [way.locale.slice(0, 2), way.colorScheme]);
    await page.locator('.widget').first().waitFor();
    await look(page, 'home-of-a-new-company');

    // She invites one who sells and one who only looks; each comes by the mail that was caught.
    const dialog = page.locator('[role=dialog]');
    await go(page, '/settings/members');
    for (const [who, role] of [['sven', 'label[title*="deals.send"]:not([title*="tenants.admin"])'], ['vera', 'label[title*="pipelines.read"]:not([title*=".write"])']]) {
      await page.locator('.sheet-page .primary').click();
      await dialog.locator('input[type=email]').fill(address(who));
      await dialog.locator('input:not([type])').first().fill(`${who[0].toUpperCase()}${who.slice(1)} Newcomer`);
      await dialog.locator(role).locator('input').check();
      await look(page, 'invite');
      await dialog.locator('footer .primary').click();
      await page.locator('.row-link', { hasText: address(who) }).waitFor();
      await dialog.waitFor({ state: 'detached' });
    }
    const [sven, vera] = [await arrive(), await arrive()];
    for (const [who, visit] of [['sven', sven], ['vera', vera]]) {
      await choosePassword(visit, who);
      await enter(visit, who);
    }
    await go(page, '/settings/members');
    await page.locator('.grid tbody tr', { hasText: address('sven') }).waitFor();
    assert.equal(await page.locator('.row-link', { hasText: address('sven') }).count(), 0);
    await look(page, 'members');

    // An object of the company's own, with a field; and a field of people.
    const named = (part) => dialog.locator(`input[id$="-${part}"]`);
    const addField = async (type, label) => {
      await page.locator('.sheet-page .primary').first().click();
      await dialog.locator('.type', { has: page.getByText(said.designer.kinds[type], { exact: true }) }).click();
      await named('label').fill(label);
      await dialog.locator('footer .primary').click();
      await page.locator('.field-line', { hasText: label }).waitFor();
      await dialog.waitFor({ state: 'detached' });
    };
    await go(page, '/settings/objects');
    await page.locator('.sheet-page .primary').click();
    await named('label').fill(words.thing);
    await named('pluralLabel').fill(words.things);
    await look(page, 'object');
    await dialog.locator('footer .primary').click();
    await page.waitForURL(/settings\/objects\/records\./);
    await dialog.waitFor({ state: 'detached' });
    const thing = page.url().split('/').at(-1);
    await addField('NUMBER', words.power);
    await look(page, 'fields');
    await go(page, '/settings/objects/contacts.person');
    await addField('TEXT', words.liking);
    await go(page, `/o/${thing}`);
    await page.locator('.topbar .primary').click();
    await dialog.locator('.form-field input').first().fill('K 1');
    await dialog.locator('.form-field', { hasText: words.power }).locator('input').fill('21');
    await dialog.locator('footer .primary').click();
    await page.locator('h1', { hasText: 'K 1' }).waitFor();

    // Ten thousand people out of a file, of which the new field is found by its name.
    await go(page, '/import?to=contacts.person');
    await page.locator('.kinds input:checked').waitFor({ state: 'attached' });
    const text = [`First name,Last name,E-mail,${words.liking}`, ...Array.from({ length: rows }, (_, index) => `Ada ${index},Row${stamp},row${index}.${stamp}@people.example,Tea`)].join('\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const meaning = page.locator('.grid tr', { has: page.locator('th', { hasText: words.liking }) }).locator('select');
    await page.locator('.actions .primary:not([disabled])').waitFor();
    assert.match(await meaning.inputValue(), /^custom/);
    await page.locator('.actions .primary').click();
    const counted = async () => (await page.locator('.sheet-page').innerText()).replace(/[\s,.\u00a0\u202f]/g, '');
    await page.locator('.sheet-page .actions .primary:not([disabled])', { hasText: /10.?000/ }).waitFor({ timeout: longPatience });
    await look(page, 'import-checked');
    await page.locator('.actions .primary').click();
    await page.locator('.actions a.primary').waitFor({ timeout: longPatience });
    assert.match(await counted(), new RegExp(`${rows}`));
    await look(page, 'imported');
    await page.locator('.actions a.primary').click();
    await page.locator('.line.data', { hasText: `Row${stamp}` }).first().waitFor();
    await look(page, 'people');

    // A lead, written into the form, becomes a person, a company and a deal.
    const leads = await call(page, 'GET', `/api/v1/metadata/resources/contacts.lead?language=${way.locale.slice(0, 2)}`);
    const customer = `Customer ${stamp}`;
    await go(page, '/o/contacts.lead');
    await page.locator('.blank').waitFor();
    await look(page, 'no-leads');
    await page.locator('.topbar .primary').click();
    for (const [path, value] of [['first_name', 'Lea'], ['last_name', `Lead${stamp}`], ['email', `lea-${stamp}@customer.example`], ['company_name', customer]]) {
      const { label } = leads.fields.find((field) => field.path === path);
      await dialog.getByLabel(label, { exact: false }).first().fill(value);
    }
    await dialog.locator('footer .primary').click();
    await page.waitForURL(/contacts\.lead\/[0-9a-f-]{36}$/);
    await page.locator('.topbar .primary').click();
    await dialog.locator('.becomes li').nth(1).waitFor();
    await dialog.locator('input[type=checkbox]').check();
    await look(page, 'convert');
    await dialog.locator('footer .primary').click();
    await page.waitForURL(/deals\.deal\/[0-9a-f-]{36}$/);
    await page.locator('h1', { hasText: customer }).waitFor();
    const deal = page.url().split('/').at(-1);

    // She works it across the board, while Sven watches.
    const { stages } = (await call(page, 'GET', '/api/v1/pipelines')).pipelines.find((entry) => entry.isDefault);
    const card = (of, stage) => of.locator('.stage', { has: of.locator(`#stage-${stage.id}`) }).locator('.card', { hasText: customer });
    for (const of of [sven.page, page]) {
      await go(of, '/o/deals.deal?as=board');
      await card(of, stages[0]).waitFor({ state: 'attached' });
      await of.locator('[data-live=live]').waitFor({ state: 'attached' });
    }
    await page.locator('[data-watcher]').waitFor({ state: 'attached' });
    await look(sven.page, 'board-watched');
    for (const stage of stages.slice(1, 3)) {
      await page.locator(`#card-${deal}`).focus();
      await Promise.all([page.waitForResponse((answer) => answer.url().endsWith(':move') && answer.ok()), page.keyboard.press('Alt+ArrowRight')]);
      await card(sven.page, stage).waitFor({ state: 'attached' });
    }
    await look(page, 'board');

    // What is offered, and the quote that the customer accepts on the page of its link.
    await go(page, `/o/deals.deal/${deal}`);
    await page.locator('.offer').first().locator('button').click();
    const field = (label) => dialog.getByLabel(label, { exact: false }).first();
    await field(said.quotes.description).fill(words.thing);
    await field(said.quotes.quantity).fill('2');
    await field(said.quotes.price).fill(phone ? '1 250,50' : '1250.50');
    await dialog.locator('footer .primary').click();
    await page.locator('.lines-table', { hasText: words.thing }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.offer').nth(1).locator('h2 button').click();
    await dialog.locator('[data-sum=total]').waitFor();
    await look(page, 'quote');
    await dialog.locator('footer .primary').click();
    const link = await dialog.locator('.quote-link input').inputValue();
    const buyer = await arrive();
    await buyer.page.goto(link);
    await buyer.page.locator('.brand', { hasText: `Newcomer ${stamp}` }).waitFor();
    await look(buyer.page, 'quote-page');
    await buyer.page.locator('form[action$="/accept"] input[name=signerName]').fill('Paula Purchaser');
    await buyer.page.locator('form[action$="/accept"] input[type=checkbox]').check();
    await buyer.page.locator('form[action$="/accept"] button').click();
    await buyer.page.locator('.state.yes', { hasText: 'Paula Purchaser' }).waitFor();
    await look(buyer.page, 'quote-accepted');
    await buyer.context.close();
    // Sven, who still looks at the board, sees that it is won.
    await card(sven.page, stages.find((stage) => stage.kind === 'STAGE_KIND_WON')).waitFor({ state: 'attached' });

    // The invoice is there, and the customer has it by mail.
    await until('the invoice', async () => (await call(page, 'GET', `/api/v1/finance/invoices?sourceType=deal&sourceId=${deal}`)).invoices.some((invoice) => (invoice.number ?? '') !== ''));
    await go(page, '/o/finance.invoice');
    const invoice = page.locator('.line.data', { hasText: customer }).first();
    await invoice.waitFor();
    await look(page, 'invoices');
    await invoice.locator('a').first().click();
    await page.waitForURL(/finance\.invoice\/[0-9a-f-]{36}$/);
    await page.locator('.sheet-page, .record, main').getByText(/2.?501[.,]00/).first().waitFor();
    await look(page, 'invoice');
    await until('the invoice by mail', async () => (await newest(`lea-${stamp}@customer.example`)) !== undefined);

    // Vera may look, and nothing else.
    const watcher = vera.page;
    for (const path of ['/o/contacts.person', '/o/contacts.lead', '/o/deals.deal', `/o/${thing}`]) {
      await go(watcher, path);
      await watcher.locator('h1').waitFor();
      assert.equal(await watcher.locator('.topbar .primary').count(), 0, path);
    }
    await watcher.locator('.line.data', { hasText: 'K 1' }).waitFor();
    await look(watcher, 'viewer-list');
    await go(watcher, `/o/deals.deal/${deal}`);
    await watcher.locator('h1', { hasText: customer }).waitFor();
    assert.equal(await watcher.locator('.field .edit').count(), 0);
    await watcher.locator('.offer .quote-row').waitFor();
    assert.equal(await watcher.locator('.offer h2 button').count(), 0);
    await look(watcher, 'viewer-record');
    await call(page, 'POST', '/api/v1/deals', { name: `Another ${stamp}`, companyId: (await call(page, 'GET', `/api/v1/deals/${deal}`)).companyId, currency: 'EUR' });
    await go(watcher, '/o/deals.deal?as=board');
    await watcher.locator('.card', { hasText: `Another ${stamp}` }).waitFor({ state: 'attached' });
    assert.equal(await watcher.locator('.card[data-fixed=false]').count(), 0);
    await go(watcher, '/import');
    await watcher.locator('.blank').waitFor();
    await go(watcher, '/settings/members');
    await watcher.locator('.grid tbody tr', { hasText: address('nora') }).waitFor();
    assert.equal(await watcher.locator('.sheet-page .primary').count(), 0);
    const shown = (await watcher.locator('.tabs a').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').at(-1)))).sort();
    assert.deepEqual(shown, ['access', 'forms', 'members', 'sessions', 'views']);
    await go(watcher, '/settings/roles');
    await watcher.locator('.blank').waitFor();
    await look(watcher, 'viewer-settings');
    await assert.rejects(call(watcher, 'PATCH', `/api/v1/deals/${deal}?updateMask=name`, { name: 'Taken' }), /403/);

    // Another company sees nothing of it: not by its lists, not by its search, and not by the address.
    const globex = await signIn(browser, { email: 'greg@globex.example', ...way });
    await go(globex.page, `/o/contacts.person?q=Row${stamp}`);
    await globex.page.locator('.blank').waitFor();
    for (const path of [`/o/deals.deal/${deal}`, `/o/${thing}`]) {
      await go(globex.page, path);
      await globex.page.locator('.blank').waitFor();
      assert.equal((await globex.page.locator('body').innerText()).includes(customer), false, path);
    }
    await look(globex.page, 'elsewhere');
    assert.equal(await globex.page.locator('.nav', { hasText: words.things }).count(), 0);
    await assert.rejects(call(globex.page, 'GET', `/api/v1/deals/${deal}`), /404/);
    await globex.context.close();

    assert.deepEqual(faults, []);

    // Sven has lost a device: from another one he ends what is open there, and it is over at once.
    const elsewhere = await arrive();
    await enter(elsewhere, 'sven');
    await go(elsewhere.page, '/settings/sessions');
    await elsewhere.page.locator('.pair').nth(1).waitFor();
    await look(elsewhere.page, 'sessions');
    await elsewhere.page.locator('.pair-does button').first().click();
    // Where the page asks for something just then, it leads to the sign-in by itself.
    const asked = sven.page.locator('input[name=password]');
    const ended = sven.page.locator('.live-banner.ended button');
    await asked.or(ended).first().waitFor();
    if (await ended.isVisible()) {
      await look(sven.page, 'ended');
      await ended.click();
    }
    await asked.waitFor();
  });
