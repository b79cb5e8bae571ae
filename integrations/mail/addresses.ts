/** The bare address in "Name <address>". */
export function addressOf(mailbox: string): string {
  return /<([^<>]+)>\s*$/.exec(mailbox)?.[1]?.trim() ?? mailbox.trim();
}

/** The name in "Name <address>", or null. */
export function nameOf(mailbox: string): string | null {
  return /^\s*"?([^"<]+?)"?\s*</.exec(mailbox)?.[1]?.trim() ?? null;
}
