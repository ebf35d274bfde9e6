import { SvelteMap } from 'svelte/reactivity';

/** Short notices at the foot of the window. What can be undone stays for ten seconds. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad';
  /** Technical words, one click away. */
  readonly detail: string;
  readonly act: { label: string; run: () => void } | null;
}

export interface ToastOptions {
  tone?: Toast['tone'];
  detail?: string;
  act?: NonNullable<Toast['act']>;
}

const SHORT = 5_000;
const LONG = 10_000;

export class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  #next = 1;
  #waiting = false;
  readonly #timers = new SvelteMap<number, ReturnType<typeof setTimeout>>();

  say(text: string, options: ToastOptions = {}): number {
    const { tone = 'plain', detail = '', act = null } = options;
    const toast: Toast = { id: this.#next++, text, tone, detail, act };
    this.shown = [...this.shown.slice(-3), toast];
    this.#leaveLater(toast.id, act !== null || tone === 'bad' ? LONG : SHORT);
    return toast.id;
  }

  act(toast: Toast): void {
    this.close(toast.id);
    toast.act?.run();
  }

  close(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** While a person reads or points at it, it stays. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  release(id: number): void {
    this.#leaveLater(id, SHORT);
  }

  /** While a dialog has the keys, what can be pressed waits for them. */
  wait(waiting: boolean): void {
    if (this.#waiting === waiting) return;
    this.#waiting = waiting;
    for (const toast of this.shown.filter(canBePressed)) this.#leaveLater(toast.id, LONG);
  }

  #leaveLater(id: number, after: number): void {
    clearTimeout(this.#timers.get(id));
    const toast = this.shown.find((each) => each.id === id);
    if (!toast || (this.#waiting && canBePressed(toast))) return;
    this.#timers.set(
      id,
      setTimeout(() => {
        this.close(id);
      }, after),
    );
  }
}

function canBePressed({ act, detail }: Toast): boolean {
  return act !== null || detail !== '';
}
