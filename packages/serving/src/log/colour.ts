import { util } from '../node-modules.ts';

/** A name, or several, of `util.styleText`: `'green'`, `['bold', 'red']`. */
export type Style = Parameters<typeof util.styleText>[0];

/** Puts a style around text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** For files and pipes: no colour. */
export const plain: Paint = (_style, text) => text;

/** Colour, whatever the output is. */
export const coloured: Paint = (style, text) =>
  util.styleText(style, text, { validateStream: false });

/**
 * How to paint for `stream`: with colour when it is a terminal that has any, as `NO_COLOR`,
 * `FORCE_COLOR` and `NODE_DISABLE_COLORS` say.
 */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return util.styleText('bold', '-', { stream }) === '-' ? plain : coloured;
}
