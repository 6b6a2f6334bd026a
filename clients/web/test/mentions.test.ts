import { expect, test } from 'vitest';
import type { Member } from '../src/api/members';
import { meantBy, mentionedIn, restOf, soughtIn, spokenTo } from '../src/records/mentions';
import { noteOf } from '../src/records/timeline';
import type { Resource } from '../src/api/api';

const member = (userId: string, displayName: string): Member => ({ userId, displayName, etag: '', email: `${userId}@acme.example`, roles: [] });
const [ann, bob, joanna] = [member('a', 'Ann Lee'), member('b', 'Bob'), member('j', 'Joanna Smith')];

test('a name is sought behind an @ that begins a word', () => {
  expect(['@', 'hello @an', 'a@b', '@ann lee', 'no'].map(soughtIn)).toEqual(['', 'an', undefined, undefined, undefined]);
  expect(meantBy('an', [joanna, bob, ann])).toEqual([ann, joanna]);
});

test('the text names who was chosen, and speaks to who is still in it', () => {
  const { text, cursor } = spokenTo('Ask @an about it', 7, ann);
  expect([text, cursor]).toEqual(['Ask @Ann Lee  about it', 13]);
  expect(mentionedIn(text, [ann, ann, bob])).toEqual(['a']);
});

test('a note tells whom it speaks to', () => {
  const person = { resource: 'contacts.person', restPath: '/api/v1/contacts/people' } as Resource;
  expect(noteOf(person, { id: '1' }, '@Bob', ['b'])?.body).toEqual({ personId: '1', kind: 'ACTIVITY_KIND_NOTE', subject: '@Bob', body: '@Bob', mentionedUserIds: ['b'] });
});

test('what is written while a note is sent is the next one', () => {
  expect([restOf('Called.', 'Called.'), restOf('Called. And', 'Called.'), restOf('He called.', 'Called.')]).toEqual(['', 'And', 'He called.']);
});
