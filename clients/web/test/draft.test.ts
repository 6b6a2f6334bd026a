import { describe, expect, it } from 'vitest';
import { begun, heard } from '../src/ui/draft';

const read = (text: string) => text.toUpperCase();

describe('a draft of what stands in the address', () => {
  it('goes on while its own words come back', () => {
    // "ab" has been written there, and "abc" is typed already.
    const typing = { ...begun('', read), written: 'ab', shown: 'ABC' };
    expect(heard(typing, '', read)).toBe(typing);
    expect(heard(typing, 'ab', read)).toEqual({ shown: 'ABC', seen: 'ab', written: 'ab' });
  });

  it('begins anew where another hand has written there', () => {
    const typing = { shown: 'ABC', seen: 'ab', written: 'ab' };
    expect(heard(typing, '', read)).toEqual({ shown: '', seen: '', written: '' });
    expect(heard(typing, 'other', read)).toEqual({ shown: 'OTHER', seen: 'other', written: 'other' });
  });
});
