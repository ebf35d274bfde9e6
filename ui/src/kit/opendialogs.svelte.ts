/** Whether a dialog is open: what else floats above the window makes way for it. */
class OpenDialogs {
  any = $state(false);
  #count = 0;

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
