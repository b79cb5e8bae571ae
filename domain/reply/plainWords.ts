/** Text as rules read it: small letters without accents, plain apostrophes, single spaces. */
export function plainWords(text: string): string {
  return text.toLowerCase().replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '').replace(/[’‘`´]/g, "'").replace(/[  ]/g, ' ').replace(/[ \t]+/g, ' ');
}
