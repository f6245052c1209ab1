import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpSfDictionary } from '../structured/dump-sf.ts';
import { parseSfDictionary } from '../structured/parse-sf.ts';
import type { SfMember } from '../structured/sf-types.ts';
import { LiveField } from './live-field.ts';

/** The parameters of `Priority`. */
export interface PriorityInit {
  /** 0, the most urgent, to 7. Default: 3. */
  urgency?: number | undefined;
  /** Whether parts of the response are of use before all of it is there. Default: false. */
  incremental?: boolean | undefined;
}

/** `Priority` (RFC 9218): how urgent a response is, and whether to send it interleaved. */
export class Priority extends LiveField {
  #urgency = 3;
  #incremental = false;

  /** @throws InvalidHeaderError when the urgency is not a whole number from 0 to 7. */
  constructor(init: PriorityInit = {}, onUpdate?: OnUpdate<Priority>) {
    super();
    if (init.urgency !== undefined) this.urgency = init.urgency;
    if (init.incremental !== undefined) this.incremental = init.incremental;
    this.onUpdate = onUpdate;
  }

  /** Parses the header. What is malformed or out of range counts as left out. */
  static fromHeader(header: string | null | undefined, onUpdate?: OnUpdate<Priority>): Priority {
    const dictionary = parseSfDictionary(header);
    const urgency = memberValue(dictionary?.get('u'));
    const incremental = memberValue(dictionary?.get('i'));
    return new Priority(
      {
        urgency: isUrgency(urgency) ? urgency : undefined,
        incremental: typeof incremental === 'boolean' ? incremental : undefined,
      },
      onUpdate,
    );
  }

  /** 0, the most urgent, to 7. */
  get urgency(): number {
    return this.#urgency;
  }

  set urgency(urgency: number) {
    if (!isUrgency(urgency)) {
      throw new InvalidHeaderError(`The urgency is a whole number from 0 to 7, not ${urgency}.`);
    }
    this.#urgency = urgency;
    this.changed();
  }

  /** Whether parts of the response are of use before all of it is there. */
  get incremental(): boolean {
    return this.#incremental;
  }

  set incremental(incremental: boolean) {
    this.#incremental = incremental;
    this.changed();
  }

  /** The value to send, without what is the default: `u=1, i`. */
  override toHeader(): string {
    const entries: [string, number | boolean][] = [];
    if (this.#urgency !== 3) entries.push(['u', this.#urgency]);
    if (this.#incremental) entries.push(['i', true]);
    return dumpSfDictionary(entries);
  }
}

function memberValue(member: SfMember | undefined): unknown {
  return member?.value;
}

function isUrgency(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 7;
}
