/** `lock-out` → `Lock out`, `customer.created` → `Customer created`: for kinds whose own name is already a word. */
export function sentence(kind: string): string {
  const words = kind.replace(/[-_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A sentence that was written to stand within another, standing alone. */
export const firstCapital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
