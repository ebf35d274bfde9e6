/** A line between the window and a portal that can be cut, and behind which a key can be taken away. */
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Newsite } from './portal.ts';
import { pause } from './waiting.ts';

/**
 * Half of a request arrives; or the portal does it, and nobody hears the answer; or nothing arrives; or it arrives
 * late.
 */
export type Fault = 'half the request' | 'no answer' | 'cut' | 'slow';

/** Milliseconds. */
const SLOW = 1_200;

export interface Asked {
  method: string;
  path: string;
  /** Length of its body. */
  bytes: number;
}

export class Line {
  /** Everything that was asked, in its order. */
  readonly asked: Asked[] = [];
  private judge: (asked: Asked) => Fault | undefined = () => undefined;
  private token = '';

  private constructor(
    private readonly portal: Newsite,
    private readonly server: Server,
  ) {}

  static async to(portal: Newsite): Promise<Line> {
    const server = createServer();
    const line = new Line(portal, server);
    server.on('request', (from, to) => {
      // An end that has gone is what these tests are about.
      line.carry(from, to).catch(() => from.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** From now on `judge` says what goes wrong. */
  bend(judge: (asked: Asked) => Fault | undefined): void {
    this.judge = judge;
  }

  calm(): void {
    this.bend(() => undefined);
  }

  /** The portal forgets the key that it saw last, as when somebody signs all devices out. */
  async signOut(): Promise<void> {
    const answer = await fetch(`${this.portal.url}/api/v1/tokens/current`, {
      method: 'DELETE',
      headers: { authorization: this.token },
    });
    if (!answer.ok) throw new Error(`the portal answers ${String(answer.status)}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async carry(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = from;
    const asked = { method, path, bytes: Number(headers['content-length'] ?? 0) };
    this.asked.push(asked);
    this.token = headers.authorization ?? this.token;
    const fault = this.judge(asked);
    const body = await whole(from);
    if (fault === 'half the request') await this.half(from, body);
    if (fault === 'no answer') await whole(await this.ask(from, body));
    if (fault === 'slow') await pause(SLOW);
    // What was read to its end is destroyed no more: it is the connection that breaks.
    if (fault !== undefined && fault !== 'slow') from.socket.destroy();
    else await this.answer(await this.ask(from, body), method, to);
  }

  private async ask(from: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asking = this.begin(from, resolve);
      asking.on('error', reject);
      asking.end(body);
    });
  }

  /** The portal gets as much, and then nothing more. */
  private async half(from: IncomingMessage, body: Buffer): Promise<void> {
    await new Promise<void>((resolve) => {
      const asking = this.begin(from, () => undefined);
      asking.on('error', () => undefined);
      asking.on('close', resolve);
      asking.write(body.subarray(0, body.length / 2), () => setTimeout(() => asking.destroy(), 50));
    });
  }

  private begin(from: IncomingMessage, answered: (answer: IncomingMessage) => void): ClientRequest {
    const { method, url = '', headers } = from;
    return request(`${this.portal.url}${url}`, { method, headers }, answered);
  }

  /** The portal's answer, with this end's address in the place of its own. */
  private async answer(answer: IncomingMessage, method: string, to: ServerResponse): Promise<void> {
    const body = await whole(answer);
    const named = (text: string): string => text.replaceAll(this.portal.url, this.url);
    const isText = /json|html|xml/.test(answer.headers['content-type'] ?? '');
    const shown = isText ? Buffer.from(named(body.toString())) : body;
    for (const [name, value] of Object.entries(answer.headers)) {
      if (name === 'transfer-encoding' || name === 'connection' || value === undefined) continue;
      to.setHeader(name, typeof value === 'string' ? named(value) : value);
    }
    if (method !== 'HEAD' && answer.statusCode !== 204) to.setHeader('content-length', shown.length);
    to.writeHead(answer.statusCode ?? 502);
    to.end(shown);
  }
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
