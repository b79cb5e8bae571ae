import type { Request } from 'express';
import { tokenHash } from '../../db/access/tokens';
import { credentialOf, type Identity } from './identity';

const callersMax = 1_000;
const rememberedMs = 60_000;

/**
 * Who was behind a credential a moment ago. It lets a read begin while the credential is being looked up, which saves its
 * caller a round trip; nothing is answered before that look-up has said the same, so a key that is revoked stops at once.
 */
export class RecentCallers {
  private readonly callers = new Map<string, { identity: Identity; at: number }>();

  recall(request: Request): Identity | null {
    const name = nameOf(request);
    const found = name === null ? undefined : this.callers.get(name);
    return found && Date.now() - found.at < rememberedMs ? found.identity : null;
  }

  remember(request: Request, identity: Identity): void {
    const name = nameOf(request);
    if (name === null || identity.kind === 'nobody') return;
    this.callers.delete(name);
    this.callers.set(name, { identity, at: Date.now() });
    const [oldest] = this.callers.keys();
    if (this.callers.size > callersMax && oldest !== undefined) this.callers.delete(oldest);
  }
}

function nameOf(request: Request): string | null {
  const credential = credentialOf(request);
  return credential === null ? null : tokenHash(credential).toString('base64');
}

export function sameIdentity(one: Identity, other: Identity): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
