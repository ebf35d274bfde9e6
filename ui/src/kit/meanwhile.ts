/**
 * What is told while a question is open. An answer says how things stood when it was written and can arrive
 * after news of what came later: whoever takes the answer tells itself the news again.
 */
export class Meanwhile<News> {
  readonly #open = new Set<News[]>();

  note(news: News): void {
    for (const told of this.#open) told.push(news);
  }

  async during<Answer>(asked: Promise<Answer>): Promise<[Answer, readonly News[]]> {
    const told: News[] = [];
    this.#open.add(told);
    try {
      return [await asked, told];
    } finally {
      this.#open.delete(told);
    }
  }
}
