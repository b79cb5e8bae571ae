import { plainWords } from './plainWords';

/** A short number is any number: it counts where the words before it say what it is the number of. */
const shortDigits = /^\d{1,3}$/;
const introduced = /(invoices?|inv|bill|rechnung(en)?|re|factures?|fact?|facturas?|rg|number|no|nr|nummer|num[ée]ro|n[°ºo]|#)[\s.:°º#]*$/iu;
const partOfNumber = /[\p{L}\p{N}]/u;

/**
 * The invoices whose numbers stand in a text: as a whole, not as a part of another number, an amount or a date. Longer numbers are looked for first, and what was found of
 * one is not looked at again: "INV-71-B" does not name INV-71.
 */
export function namedInvoices<Invoice extends { number: string }>(text: string, invoices: readonly Invoice[]): Invoice[] {
  let left = text.toLowerCase();
  const named = new Set<Invoice>();
  for (const invoice of [...invoices].sort((a, b) => b.number.length - a.number.length)) {
    const number = invoice.number.toLowerCase();
    if (number === '') continue;
    for (let at = left.indexOf(number); at >= 0; at = left.indexOf(number, at + number.length)) {
      if (!standsAlone(left, at, number)) continue;
      named.add(invoice);
      left = left.slice(0, at) + ' '.repeat(number.length) + left.slice(at + number.length);
    }
  }
  return invoices.filter((invoice) => named.has(invoice));
}

function standsAlone(text: string, at: number, number: string): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 20), at), text.slice(at + number.length, at + number.length + 2)];
  // A sign between two parts of a number, as in 2026/71, 71-B or 71,50; at the end of a sentence it is none.
  const joined = (sign: string, part: string): boolean => /[-/.,_:]/.test(sign) && partOfNumber.test(part);
  if (partOfNumber.test(before.at(-1) ?? '') || partOfNumber.test(after[0] ?? '')) return false;
  if (joined(before.at(-1) ?? '', before.at(-2) ?? '') || joined(after[0] ?? '', after[1] ?? '')) return false;
  return !shortDigits.test(number) || introduced.test(before);
}

const others = /\b(except|apart from|but not|all but|others?|the rest|remaining|without|ausser|ausgenommen|bis auf|andere[nr]?|ubrigen|restlichen|ohne|sauf|hormis|autres?|excepto|salvo|menos|otr[oa]s?|demas)\b/;

/** Whether a text sets some invoices apart from others ("all but 1001", "1001 is fine, the other one is not"): then the named ones are not those that it is about. */
export function speaksOfOthers(text: string): boolean {
  return others.test(plainWords(text));
}
