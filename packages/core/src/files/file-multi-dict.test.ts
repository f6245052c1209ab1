import { describe, expect, it } from 'vitest';
import { FileMultiDict } from './file-multi-dict.ts';
import { FileStorage } from './file-storage.ts';
import { guessMimetype } from './guess-mimetype.ts';

const bytes = new Uint8Array([1]);

describe('FileMultiDict', () => {
  it('adds files and contents under the name of their field', () => {
    const files = new FileMultiDict();
    const storage = new FileStorage(bytes, { filename: 'x' });
    files.addFile('a', storage);
    files.addFile('a', bytes, { filename: 'b.HTML' });
    files.addFile('a', new File([bytes], 'c.unknown'));
    files.addFile('b', bytes, { filename: 'd.png', contentType: 'image/x' });
    files.addFile('b', bytes);
    expect(files.getlist('a')[0]).toBe(storage);
    expect(storage.name).toBe('a');
    expect(files.getlist('a').map((file) => file.contentType)).toEqual([
      null,
      'text/html',
      'application/octet-stream',
    ]);
    expect(files.getlist('b').map((file) => file.contentType)).toEqual(['image/x', null]);
    expect(files.get('b')?.name).toBe('b');
  });

  it('closes every file, whatever the others do', async () => {
    const files = new FileMultiDict();
    const fail = () => Promise.reject(new Error('broken'));
    files.addFile('a', Object.assign([bytes], { close: fail }));
    files.addFile('a', bytes);
    files.addFile('b', bytes);
    await expect(files.close()).rejects.toMatchObject({ errors: [{ message: 'broken' }] });
    expect(Array.from(files, ([, file]) => file.closed)).toEqual([true, true, true]);
  });
});

it('guessMimetype knows the ending of a name, and nothing else', () => {
  expect(guessMimetype('a.css')).toBe('text/css');
  expect(guessMimetype('a.b.JPeG')).toBe('image/jpeg');
  for (const name of ['css', '', '.', 'a.', 'a.constructor', 'a.css.x', 'a.__proto__']) {
    expect(guessMimetype(name), name).toBeNull();
  }
});
