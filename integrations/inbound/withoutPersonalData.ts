/** A text without what says who wrote it and from which account: mail addresses, links, IBANs, and long numbers such as telephones and cards. Amounts and dates stay. */
export function withoutPersonalData(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]')
    .replace(/\bhttps?:\/\/\S+/gi, '[link]')
    .replace(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g, '[account]')
    .replace(/\+?\d(?:[ ()/-]?\d){9,}/g, '[number]');
}
