import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. Plain sha256 is enough: there is nothing to guess in 256 random bits. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The CSRF token of a session: derived, so that it needs no storage and dies with the session. */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf:${sessionToken}`).digest('base64url');
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [tokenHash(a), tokenHash(b)];
  return timingSafeEqual(left, right);
}
