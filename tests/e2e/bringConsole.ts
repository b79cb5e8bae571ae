import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../domain/access/roles';
import { launchBrowser, signIn, visit, type Visitor } from './browser';
import { startInstallation, type Installation } from './installation';

export interface Brought {
  installation: Installation;
  browser: Browser;
  visitor: Visitor;
  page: Page;
}

/** Brings an installation and a browser for all tests of a file, with a visitor who is signed in (null: nobody is), and ends them. `take` gets them in `beforeAll`, to keep and to prepare what the tests need. */
export function bringConsole(role: Role | null, take: (brought: Brought) => void | Promise<void>): void {
  const stops: (() => Promise<unknown>)[] = [];
  const stoppable = <T>(brought: T, stop: () => Promise<unknown>): T => {
    stops.push(stop);
    return brought;
  };
  beforeAll(async () => {
    const [installation, browser] = await Promise.all([
      startInstallation().then((started) => stoppable(started, () => started.stop())), launchBrowser().then((launched) => stoppable(launched, () => launched.close())),
    ]);
    const visitor = await visit(browser, installation.url);
    if (role !== null) await signIn(visitor.page, role);
    await take({ installation, browser, visitor, page: visitor.page });
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });
}
