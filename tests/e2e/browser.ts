import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { provideChromium } from '../../engines/chromium';
import type { Role } from '../../domain/access/roles';
import { emailOf, password } from './seed';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** The machine runs servers and other tests beside the browser. */
const patienceMs = 30_000;

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await provideChromium((line) => void process.stderr.write(`e2e: ${line}\n`));
  return chromium.launch({ executablePath, headless: true, args: flags });
}

export interface Visitor {
  page: Page;
  /** What the browser complained of: errors of our scripts, and what the content security policy refused. */
  complaints: string[];
  leave(): Promise<void>;
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  // Without motion: axe takes a second or two, in which a notice that fades away would be too pale to read.
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London', colorScheme: 'light', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // The browser logs every answer of 400 or more by itself; those are not the console's mistakes.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { page, complaints, leave: () => context.close() };
}

export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(emailOf(role));
  await page.locator('input[name="password"]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

export async function openPage(page: Page, path: string, title: string | RegExp): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Serious and critical findings of axe, each with where it is. The frame that shows an email is the email's own affair. */
export async function graveFindings(page: Page): Promise<string[]> {
  // A colour half way between light and dark is nobody's fault.
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getComputedTiming().endTime === Infinity));
  // Only what is wrong is worked out in full, and no second page is opened to put frames together, of which none is looked at: measured, a half to a sixth of the time.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${new URL(page.url()).pathname} ${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}

/** axe finds nothing grave, and nothing is wider than the window, in both schemes and at both widths. */
export async function expectFit(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await graveFindings(page)).toEqual([]);
      await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
      if (process.env.DUNWELL_TEST_SCREENSHOTS) await page.screenshot({ path: `${process.env.DUNWELL_TEST_SCREENSHOTS}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
}
