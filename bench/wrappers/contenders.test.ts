import { describe, expect, it } from 'vitest';
import { checkAnswers } from './check.ts';
import { CONTENDERS, OURS } from './contenders.ts';
import { environsOf, type Inputs, messagesOf } from './inputs.ts';
import { wireRequests } from './requests.ts';

const requests = wireRequests().slice(0, 3);
const expected = requests.map((request) => request.expected);

describe('the contenders', () => {
  it('begin with ours', () => {
    expect(CONTENDERS[0]!.name).toBe(OURS);
  });

  for (const { name, input, load } of CONTENDERS) {
    it(`read and answer rightly: ${name}`, async () => {
      const inputs: Inputs<unknown> =
        input === 'environ' ? await environsOf(requests) : await messagesOf(requests);
      try {
        expect(inputs.list).toHaveLength(requests.length);
        await checkAnswers(name, await load(), inputs.list, expected);
      } finally {
        await inputs.close();
      }
    });
  }
});

describe('checkAnswers', () => {
  it('says who reads what wrong', async () => {
    const [ours] = CONTENDERS;
    const inputs = await environsOf(requests);
    try {
      const wrong = [{ ...expected[0]!, page: '99' }];
      await expect(
        checkAnswers('ours', await ours!.load(), inputs.list.slice(0, 1), wrong),
      ).rejects.toThrow(/ours reads .*"page":"1".*, not .*"page":"99"/);
    } finally {
      await inputs.close();
    }
  });
});
