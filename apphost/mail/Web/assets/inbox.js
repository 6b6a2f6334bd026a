const api = '/api/v1/messages';
const list = document.querySelector('#list');
const pane = document.querySelector('#message');
const search = document.querySelector('#search');
const count = document.querySelector('#count');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const fromTemplate = id => document.querySelector(id).content.cloneNode(true);
const getJson = async path => {
  const response = await fetch(path);
  return response.ok ? response.json() : null;
};

let messages = [];
let shown = null;
let newestView = 0;

const size = bytes => bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
const nameOf = from => from.replace(/<[^>]*>/g, '').replaceAll('"', '').trim() || from.replace(/[<>]/g, '') || '(no sender)';
const when = text => {
  const date = new Date(text);
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date);
};

function rowOf(message) {
  const row = fromTemplate('#row');
  const link = row.querySelector('a');
  link.href = `#${message.id}`;
  if (message.id === location.hash.slice(1)) link.setAttribute('aria-current', 'true');
  row.querySelector('.who').textContent = nameOf(message.from || message.sender);
  const time = row.querySelector('time');
  time.textContent = when(message.receivedAt);
  time.dateTime = message.receivedAt;
  row.querySelector('.subject').textContent = message.subject || '(no subject)';
  row.querySelector('.preview').textContent = `to ${message.recipients.join(', ')} — ${message.preview}`;
  return row;
}

function showNothing(title, text) {
  const nothing = fromTemplate('#nothing');
  nothing.querySelector('h2').textContent = title;
  nothing.querySelector('p').textContent = text;
  pane.replaceChildren(nothing);
}

async function refresh() {
  const found = await getJson(`${api}?limit=500&q=${encodeURIComponent(search.value)}`);
  if (!found) return;
  messages = found.messages;
  list.replaceChildren(...messages.map(rowOf));
  count.textContent = found.total === 1 ? '1 message' : `${found.total} messages`;
  await show();
}

async function show() {
  const id = location.hash.slice(1);
  for (const link of list.querySelectorAll('a'))
    link.toggleAttribute('aria-current', link.hash === location.hash && id !== '');
  if (id && id === shown) return;
  const view = ++newestView;
  const message = id ? await getJson(`${api}/${encodeURIComponent(id)}`) : null;
  if (view !== newestView) return;
  shown = message ? id : null;
  document.title = message ? `${message.summary.subject} · Caught mail` : 'Caught mail';
  if (message) render(message);
  else if (messages.length) showNothing('Choose a message', 'Everything the platform sends on this machine lands here. Nothing leaves it.');
  else if (search.value) showNothing('Nothing found', 'No message has all of these words in its sender, recipients, subject or first lines.');
  else showNothing('No mail yet', 'Everything the platform sends on this machine lands here. Nothing leaves it.');
}

function render({ summary, text, html, headers, attachments }) {
  const details = fromTemplate('#details');
  details.querySelector('.subject').textContent = summary.subject || '(no subject)';
  details.querySelector('.from').textContent = summary.from || summary.sender || '(empty: a delivery report)';
  details.querySelector('.to').textContent = summary.recipients.join(', ');
  details.querySelector('.received').textContent = `${full.format(new Date(summary.receivedAt))} · ${size(summary.size)}`;
  details.querySelector('.delete').addEventListener('click', () => remove(`${api}/${summary.id}`));
  details.querySelector('.files').append(...attachments.map(file => fileOf(summary.id, file)));
  const view = details.querySelector('.view');
  const tabs = [
    ...(html ? [['Message', () => frameOf(summary.id)]] : []),
    ['Text', () => preOf(text, 'text')],
    ['Headers', () => tableOf(headers)],
    ['Source', () => sourceOf(summary.id)],
  ];
  details.querySelector('.tabs').append(...tabs.map(([label, make]) => tabOf(label, make, view)));
  pane.replaceChildren(details);
  pane.querySelector('.tabs button').click();
}

function tabOf(label, make, view) {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.role = 'tab';
  tab.textContent = label;
  tab.addEventListener('click', async () => {
    for (const other of tab.parentElement.children) other.ariaSelected = String(other === tab);
    view.replaceChildren(await make());
  });
  return tab;
}

function fileOf(id, file) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `${api}/${id}/attachments/${file.index}`;
  link.download = file.name;
  link.append(file.name, Object.assign(document.createElement('small'), { textContent: size(file.size) }));
  item.append(link);
  return item;
}

function frameOf(id) {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-popups';
  frame.title = 'The message as its reader sees it';
  frame.src = `${api}/${id}/html`;
  return frame;
}

const preOf = (text, kind) => Object.assign(document.createElement('pre'), { textContent: text, className: kind });
const sourceOf = async id => preOf(await (await fetch(`${api}/${id}/source`)).text(), 'source');

function tableOf(headers) {
  const table = document.createElement('table');
  for (const { name, value } of headers) {
    const row = table.insertRow();
    row.append(Object.assign(document.createElement('th'), { textContent: name, scope: 'row' }));
    row.insertCell().textContent = value;
  }
  return table;
}

async function remove(path) {
  await fetch(path, { method: 'DELETE' });
  location.hash = '';
}

async function follow() {
  for (;;) {
    try {
      const response = await fetch(`${api}/changes`);
      if (!response.ok) throw new Error(response.statusText);
      await refresh();
    } catch {
      await new Promise(resolve => setTimeout(resolve, 3000));
    }
  }
}

function step(by) {
  const at = messages.findIndex(message => message.id === location.hash.slice(1));
  const next = messages[Math.min(Math.max(at + by, 0), messages.length - 1)];
  if (next) location.hash = next.id;
}

let typing;
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(refresh, 150);
});
document.querySelector('#clear').addEventListener('click', () => {
  if (confirm('Delete all caught mail?')) remove(api);
});
addEventListener('hashchange', show);
addEventListener('keydown', event => {
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j') step(1);
  else if (event.key === 'k') step(-1);
  else if (event.key === '/') { event.preventDefault(); search.focus(); }
});
await refresh();
follow();
