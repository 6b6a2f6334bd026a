// What can be looked at: pages by their addresses, and what is opened on them.

/** The pages of the settings, in the order of their tabs. */
export const sections = ['members', 'roles', 'objects', 'pipelines', 'prices', 'layouts', 'dictionaries', 'views', 'publishing', 'forms', 'scoring', 'theme', 'access', 'sessions', 'sign-in', 'keys', 'imports', 'audit'];

/** For everybody, signed in or not. */
export const publicPages = [['signup', '/signup'], ['kb', '/kb/acme'], ['article', '/kb/acme/connect-a-vehicle'], ['form', '/forms/acme/contact'], ['no-quote', '/q/none'], ['no-article', '/kb/acme/none']];

const lists = ['contacts.person', 'contacts.company', 'contacts.lead', 'deals.deal', 'finance.invoice', 'contacts.activity', 'inventory.product', 'records.machine'];
const filtered = (filter) => `/o/contacts.person?filter=${encodeURIComponent(filter)}`;
const records = (ids) => [
  ['person', 'contacts.person', ids.person], ['company', 'contacts.company', ids.company], ['lead', 'contacts.lead', ids.lead], ['deal', 'deals.deal', ids.deal], ['offer', 'deals.deal', ids.offer],
  ['invoice', 'finance.invoice', ids.invoice], ['activity', 'contacts.activity', ids.activity], ['machine', 'records.machine', ids.machine],
].filter(([, , id]) => id !== undefined).map(([what, resource, id]) => [`record-${what}`, `/o/${resource}/${id}`]);

/** Every page, as [name of its picture, address]. */
export const pagesOf = (ids) => [
  ['home', '/'],
  ...lists.map((list) => [list, `/o/${list}`]),
  ['board', '/o/deals.deal?as=board'], ['calendar', '/o/deals.deal?as=calendar'], ['calendar-week', '/o/deals.deal?as=calendar&span=week'],
  ['funnel', '/reports/funnel'], ['funnel-groups', '/reports/funnel?by=owner'], ['forecast', '/reports/forecast'], ['forecast-groups', '/reports/forecast?by=owner'], ['forecast-team', '/reports/team'],
  ['duplicates', '/duplicates'], ['import', '/import?to=contacts.person'], ['jobs', '/jobs'],
  ...records(ids),
  ...sections.map((section) => [`settings-${section}`, `/settings/${section}`]),
  ['settings-fields', '/settings/objects/contacts.person'], ['settings-own-fields', '/settings/objects/records.machine'], ['settings-pipeline', `/settings/pipelines/${ids.pipeline}`],
  ...(ids.prices === undefined ? [] : [['settings-price-list', `/settings/prices/${ids.prices}`]]),
  ['settings-layouts-of', '/settings/layouts/deals.deal'], ['settings-layout', '/settings/layouts/contacts.person/new-LAYOUT_KIND_FORM'], ['settings-layout-list', '/settings/layouts/deals.deal/new-LAYOUT_KIND_LIST'],
  ['settings-why', `/settings/access?resource=contacts.person&id=${ids.person}`],
  ['grouped', '/o/deals.deal?group=status'], ['conditions', filtered('job_title : "director"')], ['filter-fault', filtered('job_title : "director" AND nme = "x"')], ['none', '/o/contacts.person?q=zzzz'],
  ['missing', '/o/contacts.person/0190ac3e-0000-7000-8000-0000000000ff'], ['missing-object', '/o/records.nothing'], ['missing-section', '/settings/nothing'], ['nowhere', '/no/such/page'],
];

const dialog = (page) => page.locator('[role=dialog]').first();
/** Presses the one, and waits for what it opens. */
const press = (what, at = 'first') => async (page) => {
  await page.locator(what)[at]().click();
  await dialog(page).waitFor();
};
const refused = (what) => async (page) => {
  await press(what)(page);
  await dialog(page).locator('footer .primary').click();
  await dialog(page).locator('.fault').first().waitFor();
};

const contacts = ['First name,Last name,E-mail,Beschäftigung,Shoe size', 'Ann,Field,ann.field@people.example,Buyer,41', 'Ben,Hill,ben.hill@people.example,Clerk,44', 'Cem,Yıldız,nowhere,Pilot,43'].join('\n');
const file = async (page) => {
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(contacts) });
  await page.locator('.actions .primary:not([disabled])').waitFor();
};

/** What is opened on a page, as [name of its picture, address, how it is opened]. */
export const formsOf = (ids, phone) => [
  ['home-arranged', '/', async (page) => {
    await page.locator('.topbar .button').last().click();
    await page.locator('.widgets.arranged').waitFor();
  }],
  ['home-widget', '/', async (page) => {
    await page.locator('.topbar .button').last().click();
    await page.locator('.widgets.arranged .widget h2').first().waitFor();
    await press('.toolbar .button')(page);
  }],
  ['form-person', '/o/contacts.person?new=1', (page) => dialog(page).waitFor()],
  ['form-deal', '/o/deals.deal?new=1', (page) => dialog(page).waitFor()],
  ['form-machine', '/o/records.machine?new=1', (page) => dialog(page).waitFor()],
  ['form-refused', '/o/contacts.person?new=1', async (page) => {
    await dialog(page).locator('input[type=email]').first().fill('nowhere');
    await dialog(page).locator('footer .primary').click();
    await dialog(page).locator('.fault').first().waitFor();
  }],
  ...(phone ? [] : [['columns', '/o/contacts.person', press('.columns-button')]]),
  ['sort', '/o/contacts.person', async (page) => {
    await page.locator('.tools [aria-haspopup=menu]').last().click();
    await page.locator('[role=menuitem]').first().waitFor();
  }],
  ['view-saved', '/o/contacts.person?q=a', async (page) => {
    await page.locator('.tools .button', { has: page.locator('.lucide-bookmark-plus') }).click();
    await dialog(page).waitFor();
  }],
  ...(phone ? [] : [['cell', '/o/contacts.person', async (page) => {
    await page.locator('[data-row="1"][data-column="3"]').click();
    await page.keyboard.type('Direct');
  }]]),
  ['picked', '/o/contacts.person', async (page) => {
    for (const row of [0, 1, 2]) await page.locator(`[data-row="${row}"][data-column="0"] input`).click();
    await page.locator('.bulk-bar').waitFor();
  }],
  ['bulk', '/o/contacts.person', async (page) => {
    for (const row of [0, 1, 2]) await page.locator(`[data-row="${row}"][data-column="0"] input`).click();
    await press('.bulk-acts .button')(page);
  }],
  ['field-edited', `/o/contacts.person/${ids.person}`, async (page) => {
    await page.locator('.value .edit').first().click();
    await page.locator('.editing input').waitFor();
  }],
  ['note', `/o/contacts.person/${ids.person}`, (page) => page.locator('.note textarea').fill('Called: wants the offer by Friday. @')],
  ['convert', `/o/contacts.lead/${ids.lead}`, async (page) => {
    await press('.topbar .primary')(page);
    await page.locator('.becomes li').first().waitFor();
  }],
  ['score', `/o/contacts.lead/${ids.lead}`, async (page) => {
    await page.locator('.related h2 [aria-expanded]').click();
    await page.locator('.score-parts').waitFor();
  }],
  ['lines', `/o/deals.deal/${ids.offer}`, press('.offer h2 button')],
  ['quote', `/o/deals.deal/${ids.offer}`, press('.quote-row')],
  ['people', `/o/deals.deal/${ids.deal}`, (page) => press('.related[aria-label] h2 button')(page)],
  ['relation', `/o/contacts.company/${ids.company}`, (page) => press('.related[aria-label] h2 button', 'last')(page)],
  ['merge', '/duplicates', async (page) => {
    await press('.pair .primary')(page);
    await dialog(page).locator('tbody tr').first().waitFor();
  }],
  ['import-columns', '/import?to=contacts.person', file],
  ['import-check', '/import?to=contacts.person', async (page) => {
    await file(page);
    await page.locator('.grid tr', { has: page.locator('th', { hasText: 'Beschäftigung' }) }).locator('select').selectOption('jobTitle');
    await page.locator('.actions .primary').click();
    await page.locator('.grid tbody tr').first().waitFor();
    await page.locator('.rejected, .grid th').first().waitFor();
  }],
  ['funnel-table', '/reports/funnel', (page) => page.locator('.sheet-page .switch button').last().click()],
  ['forecast-say', '/reports/team', press('.sayable')],
  ['forecast-table', '/reports/forecast', (page) => page.locator('.sheet-page .switch button').last().click()],
  ['settings-invite', '/settings/members', press('.sheet-page .primary')],
  ['settings-member-roles', '/settings/members', press('.grid tbody button')],
  ['settings-role', '/settings/roles', press('.rows-list .row-link')],
  ['settings-policy', '/settings/roles', press('.rows-list .row-link', 'last')],
  ['settings-object', '/settings/objects', press('.sheet-page .primary')],
  ['settings-field-types', '/settings/objects/records.machine', press('.sheet-page .primary')],
  ['settings-field', '/settings/objects/records.machine', press('.field-line .as-text')],
  ['settings-formula', '/settings/objects/records.machine', async (page) => {
    await press('.sheet-page .primary')(page);
    await dialog(page).locator('.type', { has: page.locator('text=/^(Formula|Формула)$/') }).click();
    await dialog(page).locator('textarea[role=combobox]').fill('custom_fields.powr * 2');
    await dialog(page).locator('.filter-fault mark').waitFor();
  }],
  ['settings-dictionary', '/settings/dictionaries', press('.row-link .as-text')],
  ['settings-view', '/settings/views', press('.row-link .button')],
  ['settings-price', ids.prices === undefined ? '/settings/prices' : `/settings/prices/${ids.prices}`, press('.sheet-page .primary')],
  ['settings-form', '/settings/forms', press('.sheet-page .primary')],
  ['settings-provider', '/settings/sign-in', press('.sheet-page .primary')],
  ['settings-provider-refused', '/settings/sign-in', refused('.sheet-page .primary')],
  ['settings-key', '/settings/keys', press('.sheet-page .primary')],
  ['settings-audit-entry', '/settings/audit', async (page) => {
    await page.locator('.log summary').first().click();
    await page.locator('.log-more').first().waitFor();
  }],
  ['menu', '/settings/sessions', async (page) => {
    if (phone) await page.locator('.burger').click();
    await page.locator('.user').click();
    await page.locator('[role=menuitemradio]').first().waitFor();
  }],
  ['organization', '/settings/sessions', async (page) => {
    if (phone) await page.locator('.burger').click();
    await page.locator('.organization').first().click();
    await page.locator('[role=menuitem]').first().waitFor();
  }],
  ['sidebar', '/o/contacts.person', async (page) => void (phone && (await page.locator('.burger').click()))],
  ['bell', '/settings/sessions', async (page) => {
    if (phone) await page.locator('.burger').click();
    await press('.bell')(page);
  }],
  ['commands', '/settings/sessions', async (page) => {
    await page.keyboard.press('Control+k');
    await page.locator('[role=dialog] input').fill('nord');
    await page.locator('[cmdk-item]').first().waitFor();
  }],
  ['keys', '/settings/sessions', async (page) => {
    await page.keyboard.press('?');
    await dialog(page).waitFor();
  }],
];
