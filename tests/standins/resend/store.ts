import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export interface AcceptedEmail {
  id: string;
  /** The Idempotency-Key it came with; null without one. */
  key: string | null;
  createdAt: number;
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  tags: { name: string; value: string }[];
  lastEvent: string;
}

interface KeyUse {
  bodyHash: string;
  at: number;
  emailId: string | null;
}

/** How long a key is remembered, as Resend has it. */
export const keyLifetimeMs = 24 * 60 * 60_000;

export type Reservation =
  | { kind: 'new' }
  | { kind: 'repeat'; email: AcceptedEmail }
  | { kind: 'in-progress' }
  | { kind: 'other-body' };

/** What the stand-in has accepted. With a file, every acceptance is in it before it is answered, and is read back at the next start. */
export class EmailStore {
  private readonly emails: AcceptedEmail[] = [];
  private readonly byId = new Map<string, AcceptedEmail>();
  private readonly keys = new Map<string, KeyUse>();

  constructor(private readonly now: () => number, private readonly file: string | null) {
    if (!file || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // The last line may be half of one, if the stand-in was killed while it wrote; that email was not answered for.
      if (!line.endsWith('}')) continue;
      const { email, bodyHash } = JSON.parse(line) as { email: AcceptedEmail; bodyHash: string };
      this.remember(email, bodyHash);
    }
  }

  /** Asks for the right to accept a body under a key. `new` holds the key until `accept` or `release`. */
  reserve(key: string | null, body: string): Reservation {
    if (key === null) return { kind: 'new' };
    const bodyHash = hash(body);
    const use = this.keys.get(key);
    if (use && (use.emailId === null || this.now() - use.at < keyLifetimeMs)) {
      if (use.bodyHash !== bodyHash) return { kind: 'other-body' };
      const email = use.emailId === null ? undefined : this.byId.get(use.emailId);
      return email ? { kind: 'repeat', email } : { kind: 'in-progress' };
    }
    this.keys.set(key, { bodyHash, at: this.now(), emailId: null });
    return { kind: 'new' };
  }

  release(key: string | null): void {
    if (key !== null && this.keys.get(key)?.emailId === null) this.keys.delete(key);
  }

  accept(key: string | null, body: string, content: Omit<AcceptedEmail, 'id' | 'key' | 'createdAt' | 'lastEvent'>): AcceptedEmail {
    const email: AcceptedEmail = { id: randomUUID(), key, createdAt: this.now(), lastEvent: 'sent', ...content };
    const bodyHash = hash(body);
    if (this.file) appendFileSync(this.file, `${JSON.stringify({ email, bodyHash })}\n`);
    this.remember(email, bodyHash);
    return email;
  }

  find(id: string): AcceptedEmail | null {
    return this.byId.get(id) ?? null;
  }

  /** Newest first, after the email with the id `after`. */
  list(limit: number, after: string | null): { emails: AcceptedEmail[]; hasMore: boolean } {
    const newestFirst = [...this.emails].reverse();
    const start = after === null ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
    return { emails: newestFirst.slice(start, start + limit), hasMore: newestFirst.length > start + limit };
  }

  get acceptedCount(): number {
    return this.emails.length;
  }

  /** How many emails were accepted for each value of a tag: 2 or more is a double sending. */
  acceptedByTag(name: string): Map<string, number> {
    return counted(this.emails.flatMap(({ tags }) => tags.filter((tag) => tag.name === name).map(({ value }) => value)));
  }

  acceptedByKey(): Map<string, number> {
    return counted(this.emails.flatMap(({ key }) => (key === null ? [] : [key])));
  }

  private remember(email: AcceptedEmail, bodyHash: string): void {
    this.emails.push(email);
    this.byId.set(email.id, email);
    if (email.key !== null) this.keys.set(email.key, { bodyHash, at: email.createdAt, emailId: email.id });
  }
}

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function hash(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
