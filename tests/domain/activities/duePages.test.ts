import { duePages, type DuePages } from '../../../activities/batch/duePages';

const limits = { customersPerPage: 3, pagesAtOnce: 2 };

/** Customers of whom something is due, and what was passed over each time they were looked for. */
function backlog(due: number[]): { due: number[]; lookedWithout: number[][]; pages: DuePages } {
  const lookedWithout: number[][] = [];
  const pages = duePages((except) => {
    lookedWithout.push([...except]);
    return Promise.resolve(due.filter((customerId) => !except.includes(customerId)));
  }, limits);
  return { due, lookedWithout, pages };
}

test('customers who follow each other fall to one page, and one look serves all pages', async () => {
  const { pages, lookedWithout } = backlog([1, 2, 3, 4, 5, 6, 7]);
  expect(await Promise.all([pages.next(), pages.next(), pages.next()])).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  expect(lookedWithout).toEqual([[]]);
});

test('few customers are shared out among the pages under way', async () => {
  const { pages } = backlog([1, 2]);
  expect([await pages.next(), await pages.next()]).toEqual([[1], [2]]);
});

test('nobody is dealt out twice while a page with them is under way, and again afterwards if something is due still', async () => {
  const { pages, due } = backlog([1, 2]);
  const first = await pages.next();
  await pages.next();
  expect(await pages.next()).toBeNull();
  pages.done(first!, []);
  expect(await pages.next()).toEqual([1]);
  due.splice(0);
  expect(await pages.next()).toBeNull();
});

test('whom somebody else held is passed over from then on, so that it ends', async () => {
  const { pages, lookedWithout } = backlog([1]);
  pages.done((await pages.next())!, [1]);
  expect(await pages.next()).toBeNull();
  expect(lookedWithout.at(-1)).toEqual([1]);
});

test('who fails to look tells everybody who waits for it', async () => {
  const pages = duePages(() => Promise.reject(new Error('the database is gone')), limits);
  await expect(Promise.all([pages.next(), pages.next()])).rejects.toThrow('the database is gone');
});
