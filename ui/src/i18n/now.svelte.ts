/** A clock that drawing may read: relative times tick with it. */
class Now {
  current = $state(Date.now());

  /** Begins to tick; the answer stops it. */
  start(every = 5_000): () => void {
    const timer = setInterval(() => {
      this.current = Date.now();
    }, every);
    return () => {
      clearInterval(timer);
    };
  }

  /** Something just happened: show its age from now on, not from the last tick. */
  touch(): void {
    this.current = Math.max(this.current, Date.now());
  }
}

export const now = new Now();
