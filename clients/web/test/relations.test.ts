import { describe, expect, it } from 'vitest';
import { bodyOf, inTurn, labelsOf, leadsOut, offered, sameBody, seenFrom, treeOf, wordsOf, type Words } from '../src/relations/relations';

const words: Words[] = [['Accountant', 'Client'], ['Partner', 'Partner'], ['Sister', '']];

describe('a relation', () => {
  const told = { id: 'r', etag: '1', kind: 'RELATION_KIND_LABELLED', fromPersonId: 'p', toCompanyId: 'c', label: 'Accountant', reverseLabel: 'Client' } as const;
  const names = new Map([['p', 'Ann'], ['c', 'Nordwind']]);

  it('says from either side what the other one is', () => {
    expect(seenFrom(told, 'c', names)).toMatchObject({ side: 'person', other: 'p', name: 'Ann', theirs: 'Accountant', ours: 'Client', outward: false, parent: false });
    expect(seenFrom(told, 'p', names)).toMatchObject({ side: 'company', other: 'c', name: 'Nordwind', theirs: 'Client', ours: 'Accountant', outward: true });
    expect(seenFrom(told, 'p').name).toBe('c');
  });

  it('comes back as it was, from either side', () => {
    const body = { kind: 'RELATION_KIND_LABELLED', fromPersonId: 'p', toCompanyId: 'c', label: 'Accountant', reverseLabel: 'Client' };
    expect([sameBody({ side: 'company', id: 'c' }, seenFrom(told, 'c')), sameBody({ side: 'person', id: 'p' }, seenFrom(told, 'p'))]).toEqual([body, body]);
    const parent = { id: 'h', kind: 'RELATION_KIND_PARENT', fromCompanyId: 'a', toCompanyId: 'b' } as const;
    const made = { kind: 'RELATION_KIND_PARENT', fromCompanyId: 'a', toCompanyId: 'b' };
    expect([sameBody({ side: 'company', id: 'a' }, seenFrom(parent, 'a')), sameBody({ side: 'company', id: 'b' }, seenFrom(parent, 'b'))]).toEqual([made, made]);
  });

  it('leads from whom something is said of, and where the words are known, as they are said elsewhere', () => {
    expect([leadsOut({ theirs: 'Client', ours: 'Accountant' }, words), leadsOut({ theirs: 'accountant ', ours: 'client' }, words), leadsOut({ theirs: 'Partner', ours: 'Partner' }, words)]).toEqual([true, false, false]);
    expect([leadsOut({ theirs: '', ours: 'Sister' }, words), leadsOut({ theirs: 'Sister', ours: '' }, words)]).toEqual([true, false]);
    const draft = { side: 'person', other: 'q', theirs: '', ours: ' Sister ' } as const;
    expect(bodyOf({ side: 'person', id: 'p' }, draft, leadsOut(draft, words))).toEqual({ kind: 'RELATION_KIND_LABELLED', fromPersonId: 'p', toPersonId: 'q', label: 'Sister', reverseLabel: '' });
    expect(labelsOf({ theirs: 'A', ours: 'B' }, false)).toEqual({ label: 'A', reverseLabel: 'B' });
  });

  it('is offered in the words that are used, the most used first', () => {
    const used = [{ id: '1', label: 'Sister' }, { id: '2', label: 'Accountant', reverseLabel: 'Client' }, { id: '3', label: 'accountant', reverseLabel: 'client' }];
    expect(wordsOf(used)).toEqual([['Accountant', 'Client'], ['Sister', '']]);
    expect(offered([...wordsOf(used), ['Client', 'ACCOUNTANT']])).toEqual(['Accountant', 'Client', 'Sister']);
    expect(['client', ' Accountant', 'Partner', 'Sister', 'x'].map((word) => inTurn(words, word))).toEqual(['Accountant', 'Client', 'Partner', undefined, undefined]);
  });
});

describe('a group of companies', () => {
  const company = (companyId: string, parentId = '') => ({ companyId, parentId, name: companyId.toUpperCase() });

  it('is a tree by name, and none where there is one alone', () => {
    const tree = treeOf({ companies: [company('top'), company('b', 'top'), company('a', 'top'), company('c', 'a')] }, 'a');
    expect(tree?.top.below.map(({ id, below }) => [id, below.map((node) => node.id)])).toEqual([['a', ['c']], ['b', []]]);
    expect([tree?.count, tree?.left, treeOf({ companies: [company('top')] }, 'top'), treeOf({}, 'top')]).toEqual([4, 0, undefined, undefined]);
  });

  it('that is large shows the way down to a company and what is directly below', () => {
    const many = Array.from({ length: 10 }, (_, i) => company(`x${i}`, 'top'));
    const tree = treeOf({ companies: [company('top'), company('mid', 'top'), ...many, company('here', 'mid'), company('one', 'here'), company('two', 'here'), company('deep', 'one')] }, 'here', 2);
    expect(JSON.stringify(tree?.top, ['id', 'below'])).toBe('{"id":"top","below":[{"id":"mid","below":[{"id":"here","below":[{"id":"one","below":[]},{"id":"two","below":[]}]}]}]}');
    expect([tree?.count, tree?.left]).toEqual([16, 11]);
  });
});
