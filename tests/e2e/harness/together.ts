/** Several windows at once, each with a store and a line to the portal of its own, either of which may be cut. */
import { App } from './app.ts';
import { Correspondent } from './correspondent.ts';
import { Line } from './line.ts';
import { Newsite, type Account } from './portal.ts';
import { watched } from './suite.ts';
import { until } from './waiting.ts';

/** Somebody at a window of their own. */
export interface Seat {
  who: Correspondent;
  line: Line;
}

/** The line to the portal carries nothing. */
export const cut = ({ line }: Seat) => {
  line.bend(() => 'cut');
};
export const mend = ({ line }: Seat) => {
  line.calm();
};

/** Everybody's window stands open until `act` is done. */
export async function together(
  name: string,
  accounts: readonly ('correspondent' | 'sub_editor' | 'editor')[],
  act: (...seats: Seat[]) => Promise<void>,
): Promise<void> {
  const portal = await Newsite.start();
  const lines: Line[] = [];
  const seats: Seat[] = [];
  const sit = async ([account, ...others]: readonly Account[]): Promise<void> => {
    if (!account) {
      await act(...seats);
      return;
    }
    const line = await Line.to(portal);
    lines.push(line);
    const app = await App.open();
    await watched(`${name}, ${account.role}`, app, async () => {
      const who = new Correspondent(app);
      await who.connect({ ...account, url: line.url });
      seats.push({ who, line });
      await sit(others);
    });
  };
  try {
    await sit(accounts.map((role) => portal.account(role)));
  } finally {
    for (const line of lines) await line.close();
    await portal.down();
  }
}

/** Waits until the story stands so at the desk, by the word of this window's store. */
export async function deskIs({ who }: Seat, story: string, state: string): Promise<void> {
  const stands = async () => (await who.story(story)).axes.desk === state;
  await until(`the story is ${state}`, stands, 60_000);
}
