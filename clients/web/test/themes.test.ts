import { describe, expect, it } from 'vitest';
import { begun, logoOf, rulesOf, variablesOf, type Theme } from '../src/theme/company';
import { contrast, isReadable, ratioOf, worstOf } from '../src/theme/contrast';

const theme = (more: Partial<Theme> = {}) => ({ id: 'a', etag: '1', radius: 10, logoType: '', light: begun.light, dark: begun.dark, ...more }) as Theme;

describe('colours of a company', () => {
  it('stand out as WCAG measures it', () => {
    expect([contrast('#000000', '#ffffff'), contrast('#777777', '#777777'), ratioOf(contrast('#777777', '#ffffff'))]).toEqual([21, 1, 4.47]);
    expect(worstOf({ ...begun.light, text: '#777777', surface: '#eeeeee' }, 'text')).toMatchObject({ back: 'surface', least: 4.5 });
    expect(worstOf({ ...begun.light, text: '#77' }, 'text')).toBeUndefined();
  });

  it('that a theme begins with can be read, and others are not taken', () => {
    expect([isReadable(begun.light), isReadable(begun.dark), isReadable({ ...begun.light, link: '#cccccc' }), isReadable({ ...begun.light, link: 'red' })]).toEqual([true, true, false, false]);
  });

  it('are worn where they are colours, and nothing else gets into the rules', () => {
    expect(rulesOf(theme())).toContain("[data-theme='dark']{--bg:#111114");
    expect([rulesOf(undefined), rulesOf(theme({ id: '' })), rulesOf(theme({ light: { ...begun.light, text: 'red}body{display:none' } }))]).toEqual(['', '', '']);
    expect(variablesOf(begun.light)['--accent']).toBe('#4a45d6');
  });

  it('have a logo whose address changes with it', () => {
    expect([logoOf(theme()), logoOf(theme({ logoType: 'image/png', etag: 'x/y' }))]).toEqual([undefined, '/api/v1/metadata/themes/a/logo?v=x%2Fy']);
  });
});
