// What pages gain from a script: their theme, lists that follow the stack, forms that answer in place. Without it all of them work.
'use strict';

const root = document.documentElement;
const chosen = () => localStorage.getItem('theme');
const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => { root.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light'); };
paint();
dark.addEventListener('change', paint);
root.classList.add('scripted');

const everyMs = 2000;

/** Puts the rows of `fresh` in the place of those of `old`; what is open, and what has the focus, stays. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const held = (element) => element.contains(document.activeElement) || element.querySelector('details[open]');
  const keyed = [...fresh.children].every((child) => child.id !== '') && fresh.children.length > 0;
  if (keyed && old.tagName === fresh.tagName) {
    const rows = new Map([...old.children].map((child) => [child.id, child]));
    let at = old.firstElementChild;
    for (const next of [...fresh.children]) {
      const row = rows.get(next.id);
      rows.delete(next.id);
      if (row === undefined) { old.insertBefore(next, at); continue; }
      if (row === at) at = at.nextElementSibling; else old.insertBefore(row, at);
      if (!held(row) && !row.isEqualNode(next)) row.replaceWith(next);
    }
    for (const gone of rows.values()) gone.remove();
  } else if (old.tagName === fresh.tagName && old.children.length === fresh.children.length && old.children.length > 0 && held(old)) {
    [...old.children].forEach((child, index) => morph(child, fresh.children[index]));
  } else if (old.tagName === fresh.tagName && old.children.length === fresh.children.length && old.querySelector('tbody') !== null) {
    [...old.children].forEach((child, index) => morph(child, fresh.children[index]));
  } else if (!held(old)) {
    old.replaceWith(fresh);
  }
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-live]')) {
    const fresh = next.getElementById(old.id);
    if (fresh !== null) morph(old, document.adoptNode(fresh));
  }
}

/** Again and again while somebody looks; a stack that is away comes back one day. */
function follow(work) {
  const turn = async () => {
    try {
      if (!document.hidden) await work();
    } catch { /* the stack is down, or just starting */ }
    setTimeout(turn, everyMs);
  };
  setTimeout(turn, everyMs);
}

function say(text, bad) {
  const line = document.createElement('p');
  line.textContent = text;
  line.className = bad ? 'bad' : '';
  document.getElementById('notice').append(line);
  setTimeout(() => line.remove(), bad ? 15000 : 4000);
}

async function submit(event) {
  const form = event.target;
  if (!form.matches('[data-async]')) return;
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: 'POST', headers: { 'x-requested-with': 'dashboard' } });
    say(await answer.text(), !answer.ok);
  } catch {
    say('The stack does not answer.', true);
  }
  button.disabled = false;
  await refresh();
}

function followLines(box) {
  const switcher = document.getElementById('follow');
  const query = new URLSearchParams(location.search);
  const most = 5000;
  box.scrollTop = box.scrollHeight;
  box.addEventListener('scroll', () => { switcher.checked = box.scrollTop + box.clientHeight > box.scrollHeight - 24; });
  switcher.addEventListener('change', () => { if (switcher.checked) box.scrollTop = box.scrollHeight; });
  follow(async () => {
    query.set('after', box.dataset.last);
    const answer = await fetch(`${box.dataset.follow}?${query}`);
    if (!answer.ok) return;
    const lines = await answer.text();
    box.dataset.last = answer.headers.get('x-last');
    if (lines === '') return;
    box.insertAdjacentHTML('beforeend', lines);
    while (box.children.length > most) box.firstElementChild.remove();
    document.querySelector('.empty')?.remove();
    if (switcher.checked) box.scrollTop = box.scrollHeight;
  });
}

function lookAtGraph(graph) {
  const near = (event) => {
    const node = event.type === 'mouseout' || event.type === 'focusout' ? undefined : event.target.closest('[data-node]')?.dataset.node;
    graph.classList.toggle('focused', node !== undefined);
    for (const edge of graph.querySelectorAll('.edge')) edge.classList.toggle('near', node !== undefined && (edge.dataset.from === node || edge.dataset.to === node));
  };
  for (const kind of ['mouseover', 'mouseout', 'focusin', 'focusout']) graph.addEventListener(kind, near);
}

document.addEventListener('DOMContentLoaded', () => {
  const theme = document.getElementById('theme');
  const name = () => { theme.textContent = root.dataset.theme === 'dark' ? 'Light theme' : 'Dark theme'; };
  theme.addEventListener('click', () => { localStorage.setItem('theme', root.dataset.theme === 'dark' ? 'light' : 'dark'); paint(); name(); });
  name();
  document.addEventListener('submit', submit);
  for (const form of document.querySelectorAll('form[data-auto]')) {
    form.addEventListener('change', () => form.requestSubmit());
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.matches('input, textarea, select')) return;
    const search = document.querySelector('input[type=search]');
    if (search !== null) { event.preventDefault(); search.focus(); }
  });
  document.addEventListener('click', (event) => {
    for (const open of document.querySelectorAll('details.choice[open]')) if (!open.contains(event.target)) open.open = false;
  });
  if (location.hash.length > 1) { const target = document.getElementById(location.hash.slice(1)); if (target instanceof HTMLDetailsElement) { target.open = true; target.scrollIntoView({ block: 'center' }); } }
  const lines = document.querySelector('[data-follow]');
  if (lines !== null) followLines(lines);
  else if (document.querySelector('[data-live]') !== null) follow(refresh);
  const graph = document.getElementById('graph');
  if (graph !== null) lookAtGraph(graph);
});
