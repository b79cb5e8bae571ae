import type { Request } from 'express';
import { tokenHash } from '../../db/access/tokens';
import { credentialOf, type Identity } from './identity';

const callersMax = 1_000;
const rememberedMs = 60_000;
/** A page of the console asks for its parts at once, and a program for one page after another: they are looked up together. */
const freshMs = 1_000;

export interface RecentCaller {
  identity: Identity;
  /** Looked up within the last second, and nothing was written through this process since. */
  isFresh: boolean;
}

/**
 * Who was behind a credential a moment ago, for reads only. Within a second of the look-up it is taken as said; later it lets a read
 * begin while the credential is being looked up, and nothing is answered before that has said the same. What this process writes
 * (a key revoked, a session ended, a role changed) makes it look everybody up again at once; another process does so within the second.
 */
export class RecentCallers {
  private readonly callers = new Map<string, { identity: Identity; at: number }>();
  private staleBefore = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  recall(request: Request): RecentCaller | null {
    const name = nameOf(request);
    const found = name === null ? undefined : this.callers.get(name);
    const age = found ? this.now() - found.at : Infinity;
    return found && age < rememberedMs ? { identity: found.identity, isFresh: age < freshMs && found.at > this.staleBefore } : null;
  }

  /** `since` is when the look-up began: a write that came after it may not be in it. */
  remember(request: Request, identity: Identity, since: number): void {
    const name = nameOf(request);
    if (name === null || identity.kind === 'nobody') return;
    this.callers.delete(name);
    this.callers.set(name, { identity, at: since });
    const [oldest] = this.callers.keys();
    if (this.callers.size > callersMax && oldest !== undefined) this.callers.delete(oldest);
  }

  /** Something was written, perhaps about who may do what. */
  lookUpAgain(): void {
    this.staleBefore = this.now();
  }

  /** What `remember` takes. */
  startOfLookUp(): number {
    return this.now();
  }
}

function nameOf(request: Request): string | null {
  const credential = credentialOf(request);
  return credential === null ? null : tokenHash(credential).toString('base64');
}

export function sameIdentity(one: Identity, other: Identity): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
