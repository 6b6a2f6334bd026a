import { describe, expect, it } from 'vitest';
import { all, faultIn, nextOrder, orderOf, searchFilter, startAmong } from '../src/records/filters';
import { field, resource } from './made';

describe('a search', () => {
  const people = resource([field('first_name'), field('last_name'), field('email', 'email'), field('job_title'), { ...field('name'), access: 'masked' }]);

  it('looks for each word in what records are called by, and nowhere else', () => {
    expect(searchFilter(people, ' ann  lee ')).toBe(
      '(first_name : "ann" OR last_name : "ann" OR email : "ann") AND (first_name : "lee" OR last_name : "lee" OR email : "lee")');
  });

  it('takes every character for what it is', () => {
    expect(searchFilter(resource([field('name')]), 'a"b\\c*')).toBe('(name : "a\\"b\\\\c\\*")');
  });

  it('asks for nothing without words or fields', () => {
    expect([searchFilter(people, '  '), searchFilter(resource([field('power', 'number')]), 'x')]).toEqual(['', '']);
  });
});

describe('filters', () => {
  it('stand together in parentheses, because OR binds tighter than AND', () => {
    expect(all('a = 1 OR b = 2', '', 'c = 3')).toBe('(a = 1 OR b = 2) AND (c = 3)');
    expect([all('', ' '), all('a = 1', '')]).toEqual(['', 'a = 1']);
  });

  it.each([
    ['At character 7: There is no field \'nme\'.', 6],
    ['Знак 1: Такого поля нет: «x».', 0],
  ])('have their fault where the platform says: %s', (sentence, at) => expect(faultIn('0123456789', 0, sentence)).toEqual({ sentence, at }));

  it('have it at their own character, however they were asked for', () => {
    const own = 'a = 1 AND nme = 2';
    for (const [view, words] of [['', ''], ['v = 1', ''], ['', 'w : "x"'], ['v = 1', 'w : "x"']] as const) {
      const asked = all(view, own, words);
      const startsAt = startAmong([view], [words]);
      expect(asked.slice(startsAt, startsAt + own.length)).toBe(own);
      expect(faultIn(own, startsAt, `At character ${asked.indexOf('nme') + 1}: There is no field 'nme'.`)).toEqual({ sentence: "At character 11: There is no field 'nme'.", at: 10 });
    }
  });

  it('have no place where the fault is in another one, or the sentence tells none', () => {
    expect(faultIn('a = 1', startAmong(['nme = 2'], []), "At character 2: There is no field 'nme'.")).toEqual({ sentence: "There is no field 'nme'.", at: undefined });
    expect(faultIn('a', 0, 'The filter is too long.')).toEqual({ sentence: 'The filter is too long.', at: undefined });
  });
});

describe('the order', () => {
  it('goes from ascending to descending to none', () => {
    const steps = [nextOrder(undefined, 'name')];
    steps.push(nextOrder(orderOf(steps[0]!), 'name'));
    steps.push(nextOrder(orderOf(steps[1]!), 'name'));
    expect(steps).toEqual(['name', 'name desc', '']);
    expect(nextOrder({ path: 'name', descending: true }, 'email')).toBe('email');
  });

  it('is read from its first field', () => {
    expect(orderOf('close_date desc, name')).toEqual({ path: 'close_date', descending: true });
    expect(orderOf('')).toBeUndefined();
  });
});
