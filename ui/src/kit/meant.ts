/** The keys of a dialog that asks: Ctrl+Enter does its act, and a lone Enter stays with what has the focus. */
export function whenMeant(act: () => Promise<void>): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void act();
  };
}
