import { describe, expect, it } from 'vitest';
import { commandsOf, hitCommands, matching } from '../src/commands/commands';
import { nameOf } from '../src/commands/useKeys';
import { resource } from './made';

const can = (action: string, allowed = true) => ({ action, allowed, conditional: false });
const resources = [
  resource([], { actions: [can('read'), can('create')] }),
  resource([], { resource: 'deals.deal', label: 'Deal', pluralLabel: 'Deals', actions: [can('read'), can('create', false)] }),
  resource([], { resource: 'records.machine', label: 'Machine', pluralLabel: 'Machines', restPath: '/api/v1/objects/machines', actions: [can('read'), can('create')] }),
];
const texts = { create: (label: string) => `New ${label}`, find: (words: string, label: string) => `Find ${words} in ${label}` };
const labels = (words: string) => matching(commandsOf(resources, 'en', words, texts), words).map((command) => command.label);

describe('commands', () => {
  it('are what the caller may do, objects of the company included', () => {
    expect(labels('')).toEqual(['People', 'Deals', 'Machines', 'New Person', 'New Machine']);
    expect(commandsOf(resources, 'en', '', texts).find((command) => command.label === 'People')).toMatchObject({ to: '/o/contacts.person', keys: ['g', 'p'] });
  });

  it('are found by every word, in any case and with any accents, and search in lists as well', () => {
    expect(labels('MÁCH')).toEqual(['Machines', 'New Machine', 'Find MÁCH in People', 'Find MÁCH in Deals', 'Find MÁCH in Machines']);
    expect(labels('new mach')[0]).toBe('New Machine');
    expect(commandsOf(resources, 'en', 'a b', texts).at(-1)?.to).toBe('/o/records.machine?q=a%20b');
  });

  it('are records too, with what they are and where they were found', () => {
    const hits = [{ type: 'deals.deal', id: 'd1', title: 'Press', fragments: [{ field: 'name', text: 'Press' }, { field: 'next_step', text: 'Call Ann' }] }, { type: 'records.x', id: '0190ac3e-1' }];
    expect(hitCommands(hits, resources)).toMatchObject([{ label: 'Press', hint: 'Deal · Call Ann', to: '/o/deals.deal/d1' }, { label: '0190ac3e', hint: 'records.x' }]);
  });
});

describe('keys', () => {
  const pressed = (key: string, more = {}) => nameOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, ...more });
  it('have names, on every keyboard', () => {
    expect([pressed('?'), pressed('G'), pressed('k', { ctrlKey: true }), pressed('k', { metaKey: true }), pressed('x', { altKey: true })]).toEqual(['?', 'g', 'mod+k', 'mod+k', undefined]);
    expect([pressed('п', { code: 'KeyG' }), pressed('л', { code: 'KeyK', ctrlKey: true })]).toEqual(['g', 'mod+k']);
  });
});
