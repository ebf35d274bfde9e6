/** The reference portal as a process of its own, to be stopped and started again. */
import { end, freePort, start, type Started } from './processes.ts';
import { freshFolder, NEWSITE } from './paths.ts';
import { until } from './waiting.ts';

export interface Account {
  user: string;
  password: string;
  role: string;
}

/** The one line that it prints when it can be reached. */
interface Announcement {
  accounts: Account[];
}

export class Newsite {
  private running: Started | undefined;
  private accounts: Account[] = [];

  private constructor(
    readonly port: number,
    private readonly data: string,
    private readonly faults: readonly string[],
  ) {}

  /** With faults as its command line takes them. */
  static async start(faults: readonly string[] = []): Promise<Newsite> {
    const portal = new Newsite(await freePort(), freshFolder('portal'), faults);
    await portal.up();
    return portal;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** An account that may publish. */
  get editor(): Account {
    return this.account('editor');
  }

  /** The first of its accounts with this role. */
  account(role: 'correspondent' | 'sub_editor' | 'editor'): Account {
    const found = this.accounts.find((account) => account.role === role);
    if (!found) throw new Error(`the portal seeds no ${role}`);
    return found;
  }

  /** Starts it, at the same address and with the same data each time. */
  async up(): Promise<void> {
    const faults = this.faults.flatMap((fault) => ['--fault', fault]);
    const started = start(NEWSITE, ['serve', '--port', String(this.port), '--data', this.data, ...faults]);
    this.running = started;
    const line = await until(`the portal says where it is: ${started.output()}`, () =>
      Promise.resolve(
        started
          .output()
          .split('\n')
          .find((line) => line.startsWith('{')),
      ),
    );
    this.accounts = (JSON.parse(line) as Announcement).accounts;
  }

  async down(): Promise<void> {
    if (this.running) await end(this.running.child);
    this.running = undefined;
  }
}
