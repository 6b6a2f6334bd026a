// Reports, duplicates, a lead that becomes a customer, and the settings, in English by day and in Russian by night.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { begin, call, goTo, launch, reload, signIn, until } from './browser.mjs';

let browser;
before(async () => (browser = await launch()));
after(async () => await browser.close());

const ways = [
  { name: 'English, light, desktop', locale: 'en-GB', colorScheme: 'light' },
  { name: 'Russian, dark, phone', locale: 'ru-RU', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

// What a SAML server says of itself.
const service = (name, address) => `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${address}"/>`;
const metadata = `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.acme.example/metadata"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
MIIBbDCCAROgAwIBAgIUY/yg7C+LA6lMgzqrAy7+KYhNWcEwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyNzAzMjA1M1oYDzIxMjYxMTAzMDMyMDUzWjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATL4aRY64ZshlGkemPqVa6OwDttSW67CRaC7Ukx4Ax+cXgMIbCI5jeMbDfXaKBy0Yz9FCgFnXydTp2cfmoKcivYo00wSzAdBgNVHQ4EFgQUVFgsAaC1bV81s5ha/I5G/lOMfqkwHwYDVR0jBBgwFoAUVFgsAaC1bV81s5ha/I5G/lOMfqkwCQYDVR0TBAIwADAKBggqhkjOPQQDAgNHADBEAiBLUP7tjkWLpFZ+n+gYi1HnLGFskMcgj9hZjhg5s6eSLwIgUT7FX3wRKcElLdoEnQlRIHZat8h4u5V1jmTecUvRkVA=
</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>${service('SingleLogoutService', 'https://idp.acme.example/slo')}${service('SingleSignOnService', 'https://idp.acme.example/sso')}</md:IDPSSODescriptor></md:EntityDescriptor>`;

for (const { name, ...way } of ways) {
  test(`Alice looks at the funnel and the forecast, as pictures and as tables: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    const company = await call(page, 'POST', '/api/v1/contacts/companies', { name: `Reported ${Date.now().toString(36)}` });
    await call(page, 'POST', '/api/v1/deals', { name: 'Reported', source: company.name, companyId: company.id, currency: 'EUR', closeDate: new Date().toISOString().slice(0, 10), amountEstimate: { amount: '4200.00', currency: 'EUR' } });
    for (const report of ['funnel', 'forecast']) {
      await open(`/reports/${report}`);
      const picture = page.locator('.chart [role=img], .chart[role=img]').first();
      await picture.waitFor();
      assert.match(await picture.getAttribute('aria-label'), /: .*\d/);
      await look(report);
      await page.locator('.sheet-page .switch button').last().click();
      await page.locator('.grid tbody tr').first().waitFor();
      await look(`${report}-table`);
    }
    // What the report is about stands in the address: by what it is divided, whose a deal is, and when it is looked at.
    const by = page.locator('.bar-field select').last();
    await by.selectOption('owner');
    await page.waitForURL(/by=owner/);
    await page.locator('.grid thead th').nth(6).waitFor();
    await page.locator('.check input').first().click();
    await page.waitForURL(/credit=splits/);
    await by.selectOption('source');
    await page.waitForURL((url) => url.searchParams.get('by') === 'source' && !url.searchParams.has('credit'));
    await page.locator('.sheet-page .switch button').first().click();
    await page.locator('.groups .group-row').first().waitFor();
    await look('forecast-groups');
    await open(`/reports/funnel?by=source&source=${encodeURIComponent(company.name)}`);
    await page.locator('.groups .group-row', { hasText: company.name }).waitFor();
    await look('funnel-groups');
    await page.locator('.narrowed button').click();
    await page.waitForURL((url) => !url.searchParams.has('source'));
    await page.locator('.switch').last().locator('button').last().click();
    // One of them alone is looked at from its line.
    await page.locator('tbody button', { hasText: company.name }).click();
    await page.waitForURL((url) => url.searchParams.get('source') === company.name && !url.searchParams.has('by'));
    await page.locator('.narrowed', { hasText: company.name }).waitFor();
    await page.locator('input[type=date]').last().fill('2001-02-03');
    await page.waitForURL(/asOf=2001-02-03/);
    await page.locator('.blank').waitFor();
    await open('/reports/funnel?from=2001-01-01&to=2001-01-02');
    await page.locator('.blank').waitFor();
    await look('funnel-none');
    // What the team will bring is said in place of what its deals come to, and all that was said is kept.
    await open('/reports/team');
    await page.locator('.rollup .sayable').first().click();
    const form = page.locator('[role=dialog] form');
    await form.locator('input').fill('5000');
    await form.locator('textarea').fill(`Two more are sure, says ${company.name}`);
    await form.locator('.primary').click();
    await form.waitFor({ state: 'detached' });
    await page.locator('.rollup [data-said=true]').first().waitFor();
    await look('team');
    await page.locator('.rollup .sayable').first().click();
    await form.locator('.said li', { hasText: company.name }).waitFor();
    await look('team-say');
    await page.keyboard.press('Escape');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`Alice makes one of two people and takes it back: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    const surname = `Twin${Date.now().toString(36)}`;
    const person = (more) => call(page, 'POST', '/api/v1/contacts/people?allowDuplicates=true', { firstName: 'Ann', lastName: surname, ...more });
    const first = await person({ phone: '+49 30 1', jobTitle: 'Buyer' });
    const second = await person({ phone: '+49 30 2' });
    await open('/duplicates');
    const pair = page.locator('.pair', { hasText: surname });
    // They are compared in the background, a moment after they are written.
    for (let tries = 0; tries < 20 && !(await pair.first().waitFor({ timeout: 3000 }).then(() => true, () => false)); tries++) await reload(page);
    await look('duplicates');
    await pair.locator('.primary').click();
    const dialog = page.locator('[role=dialog]');
    await dialog.locator('tbody tr').first().waitFor();
    const phone = dialog.locator('tr', { hasText: '+49 30 1' });
    const stays = await dialog.locator('thead input').first().isChecked();
    assert.ok(stays);
    const order = (await phone.locator('td').allInnerTexts()).map((text) => text.trim());
    // The phone of the one that goes.
    await phone.locator('input').last().check();
    await look('merge');
    const [merged] = await Promise.all([page.waitForResponse((answer) => answer.url().endsWith(':merge')), dialog.locator('footer .primary').click()]);
    assert.equal(merged.status(), 200);
    const { person: one } = await merged.json();
    assert.equal(one.phone, order[1]);
    await page.locator('.notice button').click();
    await page.locator('.notice', { hasText: /two again|снова две/ }).waitFor();
    const [again, other] = [await call(page, 'GET', `/api/v1/contacts/people/${first.id}`), await call(page, 'GET', `/api/v1/contacts/people/${second.id}`)];
    assert.deepEqual([again.id, again.phone, other.id, other.phone], [first.id, '+49 30 1', second.id, '+49 30 2']);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`Alice converts a lead, and there is a deal: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    const surname = `Lead${Date.now().toString(36)}`;
    const lead = await call(page, 'POST', '/api/v1/contacts/leads', { firstName: 'Lea', lastName: surname, email: `${surname}@people.example`, companyName: `${surname} Ltd` });
    await open(`/o/contacts.lead/${lead.id}`);
    await page.locator('.topbar .primary').click();
    const dialog = page.locator('[role=dialog]');
    await dialog.locator('.becomes li', { hasText: /new company|новая компания/ }).waitFor();
    await dialog.locator('input[type=checkbox]').check();
    await look('convert');
    await dialog.locator('footer .primary').click();
    await page.waitForURL(/deals\.deal\/[0-9a-f-]{36}$/);
    await page.locator('h1', { hasText: `${surname} Ltd` }).waitFor();
    const after = await call(page, 'GET', `/api/v1/contacts/leads/${lead.id}`);
    assert.equal(after.status, 'LEAD_STATUS_CONVERTED');
    const deal = await call(page, 'GET', `/api/v1/deals/${page.url().split('/').at(-1)}`);
    assert.deepEqual([deal.companyId, deal.personId, deal.id], [after.convertedCompanyId, after.convertedPersonId, after.convertedDealId]);
    // The lead leads to all that it became.
    await open(`/o/contacts.lead/${lead.id}`);
    for (const place of [`contacts.person/${deal.personId}`, `contacts.company/${deal.companyId}`, `deals.deal/${deal.id}`]) await page.locator(`.field a.chip[href$="/o/${place}"]`).waitFor();
    await look('converted');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`Alice looks after the company: ${name}`, async () => {
    const { context, page, faults, look, open } = await begin(browser, way);
    await open('/settings');
    await page.locator('.grid tbody tr', { hasText: 'sam@acme.example' }).waitFor();
    await look('members');
    await page.locator('.grid tbody tr', { hasText: 'sam@acme.example' }).locator('button').click();
    await page.locator('[role=dialog] input[type=checkbox]').first().waitFor();
    await look('roles');
    await page.keyboard.press('Escape');

    // Somebody is invited, and the invitation is taken back.
    const guest = `guest-${Date.now().toString(36)}@acme.example`;
    await page.locator('.sheet-page .primary').click();
    const inviting = page.locator('[role=dialog]');
    await inviting.locator('input[type=email]').fill(guest);
    await inviting.locator('input[type=checkbox]').last().check();
    await look('invite');
    await inviting.locator('footer .primary').click();
    const pending = page.locator('.row-link', { hasText: guest });
    await pending.waitFor();
    await look('invited');
    await pending.locator('.danger').click();
    await pending.locator('.danger').click();
    await pending.waitFor({ state: 'detached' });

    await page.locator('.grid tbody tr', { hasText: 'sam@acme.example' }).locator('a').click();
    await page.waitForURL(/settings\/access\?user=/);
    await page.locator('.verdict').waitFor();
    assert.notEqual((await page.locator('.verdict p').first().innerText()).trim(), '');
    await look('access');

    await open('/settings/sessions');
    await page.locator('.pair').first().waitFor();
    await look('sessions');

    await open('/settings/keys');
    await page.locator('.sheet-page .primary').click();
    const dialog = page.locator('[role=dialog]');
    const called = `Shop ${Date.now().toString(36)}`;
    await dialog.locator('input[type=text], input:not([type])').first().fill(called);
    await dialog.locator('label', { hasText: 'contacts.read' }).locator('input').check();
    await look('key');
    await dialog.locator('footer .primary').click();
    const key = dialog.locator('input[readonly]');
    await key.waitFor();
    assert.match(await key.inputValue(), /^pk_/);
    await dialog.locator('footer .primary').click();
    const card = page.locator('.pair', { hasText: called });
    await card.waitFor();
    await look('keys');
    await card.locator('button').click();
    await card.locator('button').click();
    await card.waitFor({ state: 'detached' });

    // A form for everybody, which nobody reaches yet; what is refused stands at its field.
    await open('/settings/forms');
    await page.locator('.sheet-page .primary').click();
    const asking = page.locator('[role=dialog]');
    await asking.locator('footer .primary').click();
    await asking.locator('.fault').first().waitFor();
    assert.equal(await asking.locator('input[aria-invalid=true]').first().evaluate((input) => input === document.querySelector('[role=dialog] input')), true);
    const headed = `Ask ${Date.now().toString(36)}`;
    await asking.locator('input').first().fill(headed);
    await asking.locator('.button.add').last().click();
    await asking.locator('.consent-line textarea').first().fill('Keep what I send.');
    await look('form');
    await asking.locator('footer .primary').click();
    const made = page.locator('.form-card', { hasText: headed });
    await made.waitFor();
    await look('forms');
    await made.locator('.danger').click();
    await made.locator('.danger').click();
    await made.waitFor({ state: 'detached' });

    // The company's own server: what it says of itself fills in the form; what is refused stands at its field; then it has to know the platform.
    await open('/settings/sign-in');
    await page.locator('.sheet-page .primary').click();
    const server = page.locator('[role=dialog]');
    await server.locator('footer .primary').click();
    await server.locator('.fault').first().waitFor();
    await server.locator('.switch button').last().click();
    await server.locator('input[type=file]').setInputFiles({ name: 'metadata.xml', mimeType: 'application/xml', buffer: Buffer.from(metadata) });
    await until('the metadata fills in', async () => (await server.locator('input[type=url]').first().inputValue()) === 'https://idp.acme.example/sso');
    assert.equal(await server.locator('textarea').count(), 1);
    const titled = `SSO ${Date.now().toString(36)}`;
    await server.locator('input[maxlength="100"]').fill(titled);
    for (const line of await server.locator('.check-line input').all()) await line.check();
    await look('sign-in-saml');
    await server.locator('footer .primary').click();
    await server.locator('.addresses input').last().waitFor();
    assert.match(await server.locator('.addresses input').last().inputValue(), /\/endpoint\/clients\/platform$/);
    await look('sign-in-made');
    await server.locator('footer .primary').click();
    const idp = page.locator('.form-card', { hasText: titled });
    await idp.locator('.pair-does .button').first().click();
    await idp.locator('[role=status] p, [role=status] li').first().waitFor();
    await look('sign-in');
    await idp.locator('.danger').click();
    await idp.locator('.danger').click();
    await idp.waitFor({ state: 'detached' });

    await open('/settings/publishing');
    await look('publishing');

    // Colours are measured as they are chosen: what cannot be read is not saved, and what is saved is worn at once.
    await open('/settings/theme');
    const colors = page.locator('.color-lines').first();
    const [input, worn] = [colors.locator('li').nth(4).locator('.input'), () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'))];
    const begun = await worn();
    await input.fill('#cccccc');
    await page.locator('.color-said[data-good=false]').first().waitFor();
    assert.ok(await page.locator('.sheet-page footer .primary').isDisabled());
    await input.fill('#0b5cad');
    if (way.colorScheme === 'dark') await page.locator('.color-lines').last().locator('li').nth(4).locator('.input').fill('#8fb4ff');
    await page.locator('.sheet-page footer .primary').click();
    await until('the colour is worn', async () => (await worn()) !== begun);
    await page.locator('.sheet-page footer .danger').waitFor();
    // The logo is worn as soon as it is there.
    await page.locator('.logo-line input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
    await page.locator('.logo-box img').waitFor();
    await look('theme');
    await page.locator('.sheet-page footer .danger').click();
    await page.locator('.sheet-page footer .danger').click();
    await until('the platform\'s colours are worn', async () => (await worn()) === begun);

    await open('/settings/audit');
    await page.locator('.log summary').first().click();
    await page.locator('.log-more').first().waitFor();
    await look('audit');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('Who may less sees less', async () => {
  const { context, page } = await signIn(browser, { email: 'sam@acme.example', ...ways[0] });
  const { permissions } = await call(page, 'GET', '/api/v1/tenants/current/access');
  assert.ok(!permissions.includes('tenants.admin'), 'Sam does not administer');
  await goTo(page, '/settings/keys');
  await page.locator('.blank').waitFor();
  assert.equal(await page.locator('.tabs a', { hasText: 'API keys' }).count(), 0);
  assert.equal(await page.locator('.nav', { hasText: 'Import' }).count(), permissions.some((name) => name.endsWith('.import')) ? 1 : 0);
  await context.close();
});
