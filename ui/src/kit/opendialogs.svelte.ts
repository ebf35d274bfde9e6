/** The context in which components know that they stand in a dialog. */
export const IN_DIALOG = Symbol('in a dialog');

/** Whether a dialog is open: what else floats above the window makes way for it. */
class OpenDialogs {
  any = $state(false);
  #count = 0;

  /**
   * The overflow of what scrolls behind a dialog. Without a graphics card the engine paints its overlay scrollbars last,
   * over the dialog too. Bars of our own are no way out: ADR 12.
   */
  get behind(): 'hidden' | null {
    return this.any ? 'hidden' : null;
  }

  /** A dialog opens; the answer is called when it goes. */
  enter(): () => void {
    this.#count += 1;
    this.any = true;
    return () => {
      this.#count -= 1;
      this.any = this.#count > 0;
    };
  }
}

export const openDialogs = new OpenDialogs();
