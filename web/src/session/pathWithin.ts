/** Only ever a page of this console: an address from elsewhere must not be able to send people away after they sign in. */
export function pathWithin(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
