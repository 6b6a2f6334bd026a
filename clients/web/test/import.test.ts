import { describe, expect, it } from 'vitest';
import { csvLine, decode, rowsOf, separatorOf } from '../src/import/csv';
import { errorFile } from '../src/import/errorFile';
import { withBeginning } from '../src/import/head';
import { isJustUndone, isUndoable } from '../src/import/imports';
import { fileOf, queryOf } from '../src/import/run';
import { customFields, guess, targetsOf } from '../src/import/targets';
import { field, resource } from './made';

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

describe('a file of text', () => {
  it('is read with its quotes, its breaks and the lines on which its rows begin', () => {
    expect(rowsOf('a,b\r\n"x, ""y""","two\nlines"\r\n\r\n , \n1,2', ',')).toEqual([
      { line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['x, "y"', 'two\nlines'] }, { line: 6, cells: ['1', '2'] },
    ]);
    expect(rowsOf('a\rb\rc', ',', 2)).toEqual([{ line: 1, cells: ['a'] }, { line: 2, cells: ['b'] }]);
    expect(rowsOf('sep=;\na;b', ';')).toEqual([{ line: 2, cells: ['a', 'b'] }]);
  });

  it.each([['a,b;c,d\n', ','], ['a;b\n', ';'], ['a\tb\n', '\t'], ['a|b', '|'], ['sep=|\na,b', '|'], ['a', ',']])('has its separator found: %j', (text, separator) => expect(separatorOf(text)).toBe(separator));

  it('is read in the letters in which it was written', () => {
    expect([decode(bytes('Имя')), decode(new Uint8Array([0xc8, 0xec, 0xff]).buffer), decode(bytes('Имя').slice(0, 5))]).toEqual(['Имя', 'Имя', 'Им']);
    expect(decode(new Uint8Array([0xff, 0xfe, 0x41, 0]).buffer)).toBe('A');
  });

  it('is written so that no cell becomes a formula', () => expect(csvLine(['=1+1', '-2', 'a,b', 'x"y'])).toBe('\'=1+1,\'-2,"a,b","x""y"\r\n'));

  it('is read as it was written, whatever its cells begin with', () => {
    const cells = ['+49 30 1', "'+49 30 1", "''=x", "'90s", "'", '-5', '＝x', '\t', "O'Neil", '@home'];
    expect(rowsOf(csvLine(cells), ',')[0]!.cells).toEqual(cells);
    expect(rowsOf("'+49 30 1,'90s", ',')[0]!.cells).toEqual(['+49 30 1', "'90s"]);
  });
});

describe('an import', () => {
  const people = resource([field('custom_fields.size', 'text', { label: 'Shoe size' }), field('custom_fields.sum', 'formula', { outputOnly: true }), field('email')]);
  const machines = resource([], { resource: 'records.machine', restPath: '/api/v1/objects/machines' });
  const targets = targetsOf([people, machines], () => true);

  it('is offered for what may be imported', () => {
    expect(targets.map((target) => target.key)).toEqual(['people', 'records.machine']);
    expect(targetsOf([resource([], { resource: 'contacts.activity' })], () => true)).toEqual([]);
    expect(targetsOf([people, machines], (permission) => permission === 'records.import').map((target) => target.path)).toEqual(['/api/v1/objects/machines:import']);
  });

  it('guesses what columns mean by what fields are called', () => {
    const meant = (header: string) => guess(header, targets[0]!, customFields(people), (column) => (column === 'email' ? ['Эл. почта'] : []));
    expect(['E-Mail', 'ЭЛ ПОЧТА', 'first_name', 'shoe size', 'custom_fields.size', 'Quelle', ''].map(meant)).toEqual(['email', 'email', 'firstName', 'custom_fields.size', 'custom_fields.size', undefined, undefined]);
  });

  it('says what was chosen in the way in which the platform asks for it', () => {
    const columns = new Map([['Wer: Name', 'firstName'], ['Größe', 'custom_fields.size']]);
    expect(queryOf({ target: targets[0]!, columns, duplicates: 'skip', match: '', dryRun: true })).toEqual({ target: 'people', column: ['Wer: Name:first name', 'Größe:custom_fields.size'], duplicates: 'skip', match: undefined, dryRun: true, errorFile: true });
  });

  it('puts the file of rejected rows together from its pieces', async () => {
    const file = fileOf([{ mediaType: 'text/csv; charset=utf-8', content: btoa('a;b\r\n') }, { mediaType: 'text/csv; charset=utf-8', content: btoa('\xd0\x96;2\r\n') }]);
    expect([file?.type, await file?.text()]).toEqual(['text/csv; charset=utf-8', 'a;b\r\nЖ;2\r\n']);
    expect(fileOf([])).toBeUndefined();
  });

  it('gives back rejected rows as they stood, in their order', () => {
    const rows = new Map(rowsOf('Name,Mail\nA,=x\nB,y', ',').map((row) => [row.line, row]));
    const rejected = [{ line: '3', column: 'Mail', code: 'INVALID_EMAIL', message: 'Not one.' }, { line: '2', code: 'DUPLICATE', message: 'There.' }];
    const said = { line: 'Line', column: 'Column', fault: 'Fault' };
    expect(errorFile(rejected, rows, ['Name', 'Mail'], said)).toBe("\ufeffName,Mail,Fault\r\nA,'=x,DUPLICATE: There.\r\nB,y,Mail: INVALID_EMAIL: Not one.\r\n");
    expect(errorFile([rejected[0]!], new Map([[3, { line: 3, cells: ['B', 'y', 'beyond', ' '] }]]), ['Name', 'Mail'], said)).toBe('\ufeffName,Mail,Fault\r\nB,y,beyond,Mail: INVALID_EMAIL: Not one.\r\n');
    expect(errorFile([rejected[0]!], new Map([[3, { line: 3, cells: ['B', 'y', 'Old.'] }]]), ['Name', 'Mail', 'Fault'], said)).toBe('\ufeffName,Mail,Fault\r\nB,y,Mail: INVALID_EMAIL: Not one.\r\n');
    expect(errorFile(rejected, undefined, [], said)).toBe('\ufeffLine,Column,Fault\r\n2,,DUPLICATE: There.\r\n3,Mail,INVALID_EMAIL: Not one.\r\n');
  });
});

describe('the columns of a file', () => {
  it('are those that the platform reads in a workbook, with the first rows', () => {
    const book = { headers: [], rows: [], blob: new Blob() };
    expect(withBeginning(book, { columns: ['Wer', ''], rows: [{ line: '3', cells: ['Ann', 'x'] }, { line: '4' }] })).toEqual({ headers: ['Wer', ''], rows: [{ line: 3, cells: ['Ann', 'x'] }, { line: 4, cells: [] }], blob: book.blob });
    expect(withBeginning(book, {}).headers).toEqual([]);
  });
});

describe('an import that was made', () => {
  const made = { id: '1', state: 'IMPORT_STATE_DONE', recordsCreated: '2', undoTimeLimit: '2026-12-26T00:00:00Z' };
  const at = (time: string) => new Date(time);

  it('is told of as taken back by who saw it happen', () => {
    const [done, undoing, undone] = ['IMPORT_STATE_DONE', 'IMPORT_STATE_UNDOING', 'IMPORT_STATE_UNDONE'];
    expect([[undoing, undone], [done, undone], [undefined, undone], [undone, undone], [done, undoing]].map(([before, now]) => isJustUndone(before, now))).toEqual([true, true, false, false, false]);
  });

  it('can be taken back once, for as long as the platform says', () => {
    expect([isUndoable(made, at('2026-12-25T23:59:59Z')), isUndoable(made, at('2026-12-26T00:00:00Z'))]).toEqual([true, false]);
    expect(['IMPORT_STATE_RUNNING', 'IMPORT_STATE_UNDOING', 'IMPORT_STATE_UNDONE'].map((state) => isUndoable({ ...made, state }, at('2026-12-01T00:00:00Z')))).toEqual([false, false, false]);
    expect([isUndoable({ ...made, recordsCreated: '0' }, at('2026-12-01T00:00:00Z')), isUndoable({ ...made, recordsCreated: '0', recordsUpdated: '1' }, at('2026-12-01T00:00:00Z'))]).toEqual([false, true]);
  });
});
