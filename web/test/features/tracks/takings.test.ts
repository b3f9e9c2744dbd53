import { describe, expect, it } from 'vitest';
import { Takings } from '../../../src/features/tracks/takings.js';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const wish = (title: string, id = 1): { id: number; title: string } => ({ id, title });

/** A room that takes songs when it is told to. */
function room() {
  const asked: string[] = [];
  const answers: ((why: string | null) => void)[] = [];
  const takings = new Takings(({ title }, as) => {
    asked.push(`${title} as ${as}`);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async (why: string | null): Promise<void> => {
    answers.shift()?.(why);
    await settled();
  };
  return { asked, takings, answer };
}

describe('songs that come into the room', () => {
  it('come one after the other, in their order, however quickly they are wished', async () => {
    const { asked, takings, answer } = room();
    void takings.take([wish('Kyrie'), wish('Gloria'), wish('Credo')], 'entry');
    void takings.take([wish('Sanctus')], 'track');
    expect([asked, takings.status.value]).toEqual([['Kyrie as entry'], '“Kyrie” comes into the room, 2 more songs after it ...']);
    await answer(null);
    expect(takings.status.value).toBe('“Gloria” comes into the room, 2 more songs after it ...');
    for (let i = 0; i < 3; i++) await answer(null);
    expect(asked).toEqual(['Kyrie as entry', 'Gloria as entry', 'Credo as entry', 'Sanctus as track']);
    expect(takings.status.value).toBe('4 songs are in the room.');
  });

  it('do not keep one another back, and each that does not come is told', async () => {
    const { takings, answer } = room();
    void takings.take([wish('Kyrie'), wish('Gloria'), wish('Credo')], 'entry');
    await answer('The room is full.');
    await answer(null);
    await answer('The room is full.');
    expect(takings.problems.value).toEqual(['“Kyrie” did not come: The room is full.', '“Credo” did not come: The room is full.']);
    expect(takings.status.value).toBe('“Gloria” is in the programme.');
    void takings.take([wish('Kyrie')], 'entry');
    expect(takings.problems.value).toEqual([]);
    await answer(null);
    expect(takings.status.value).toBe('“Kyrie” is in the programme.');
  });
});
