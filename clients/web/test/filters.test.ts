import { describe, expect, it } from 'vitest';
import { all, nextOrder, orderOf, placeOfFault, searchFilter } from '../src/records/filters';
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
    ['At character 7: There is no field \'nme\'.', 6, 'There is no field \'nme\'.'],
    ['Знак 1: Такого поля нет: «x».', 0, 'Такого поля нет: «x».'],
  ])('have their fault where the platform says: %s', (sentence, at, message) => {
    expect(placeOfFault(sentence)).toEqual({ at, message });
  });

  it('have no place where a sentence tells none', () => {
    expect(placeOfFault('The filter is too long.')).toBeUndefined();
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
