/** Deals out the customers of whom something is due, a page to each that asks. */
export interface DuePages {
  /** The next page's customers, who are not dealt out again until it is done; null: nobody is left. */
  next(): Promise<number[] | null>;
  /** A page is done. Of those somebody else held something may be due still: they wait for another time. */
  done(page: readonly number[], held: readonly number[]): void;
}

/**
 * Looks for all pages that are under way at once, since looking through what is due costs the same for one as for all. Customers who follow each other fall to one page: what they have lies side by side.
 *
 * @param find looks for customers other than these, in the order of their ids
 */
export function duePages(find: (except: readonly number[]) => Promise<number[]>, { customersPerPage, pagesAtOnce }: { customersPerPage: number; pagesAtOnce: number }): DuePages {
  const passedOver = new Set<number>();
  let found: number[] = [];
  let pageSize = customersPerPage;
  let looking: Promise<number> | null = null;

  async function look(): Promise<number> {
    found = await find([...passedOver]);
    // Few with much to do are shared out too.
    pageSize = Math.min(customersPerPage, Math.ceil(found.length / pagesAtOnce));
    looking = null;
    return found.length;
  }

  return {
    next: async () => {
      while (found.length === 0) if (await (looking ??= look()) === 0) return null;
      const page = found.splice(0, pageSize);
      for (const customerId of page) passedOver.add(customerId);
      return page;
    },
    done: (page, held) => {
      for (const customerId of page) passedOver.delete(customerId);
      for (const customerId of held) passedOver.add(customerId);
    },
  };
}
