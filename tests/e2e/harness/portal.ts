/** The reference portal as a process of its own, to be stopped and started again. */
import { end, freePort, start, type Started } from './processes.ts';
import { freshFolder, NEWSITE } from './paths.ts';
import { until } from './waiting.ts';

export interface Account {
  user: string;
  password: string;
}

export class Newsite {
  private running: Started | undefined;

  private constructor(
    readonly port: number,
    private readonly data: string,
  ) {}

  static async start(): Promise<Newsite> {
    const portal = new Newsite(await freePort(), freshFolder('portal'));
    await portal.up();
    return portal;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Starts it; the answer is what it said of its accounts, on one line of JSON. */
  async up(): Promise<Record<string, unknown>> {
    const started = start(NEWSITE, ['serve', '--port', String(this.port), '--data', this.data]);
    this.running = started;
    const line = await until(
      `the portal says where it is: ${started.output()}`,
      () => Promise.resolve(started.output().split('\n').find((line) => line.startsWith('{'))),
    );
    return JSON.parse(line) as Record<string, unknown>;
  }

  async down(): Promise<void> {
    if (this.running) await end(this.running.child);
    this.running = undefined;
  }
}
