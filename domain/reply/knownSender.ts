import providers from 'email-providers/all.json';

/** Providers at which anybody gets an address: whoever else has one there is somebody else. Those that the list of the package does not have are beside it. */
const publicDomains: ReadonlySet<string> = new Set([
  ...providers, 'tutanota.com', 'tutanota.de', 'tuta.io', 'tuta.com', 'fastmail.com', 'posteo.de', 'posteo.net', 'protonmail.ch', 'vodafone.de', 'bbox.fr', 'telefonica.net', 'ono.com', 'hispeed.ch', 'kpnmail.nl', 'hey.com',
]);

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * Whether an address is one of those by which a customer is known, or of the same company: of the same domain, unless anybody gets an address there. It says nothing of who really wrote, since any address can be
 * written into a mail; it says whether the address is one that the customer has.
 */
export function isKnownSender(from: string, known: readonly string[]): boolean {
  const address = from.trim().toLowerCase();
  const addresses = known.map((each) => each.trim().toLowerCase());
  if (address === '') return false;
  if (addresses.includes(address)) return true;
  const domain = domainOf(address);
  return address.includes('@') && !publicDomains.has(domain) && addresses.some((each) => domainOf(each) === domain);
}
