/** `lock-out` → `Lock out`, `customer.created` → `Customer created`: for kinds whose own name is already a word. */
export function sentence(kind: string): string {
  const words = kind.replace(/[-_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
