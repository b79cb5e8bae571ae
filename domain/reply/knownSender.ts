/** Providers at which anybody gets an address: whoever else has one there is somebody else. Families with an ending for each country. */
const publicFamilies = /^(?:yahoo|ymail|rocketmail|hotmail|outlook|live|msn|windowslive|gmx|yandex|aol|orange|wanadoo|free|laposte|sfr|terra|telefonica|libero|virgilio|tiscali|alice|mail|email|web|inbox|zoho)\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/;
const publicDomains: ReadonlySet<string> = new Set([
  'gmail.com', 'googlemail.com', 'icloud.com', 'me.com', 'mac.com', 'proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me', 'tutanota.com', 'tutanota.de', 'tuta.io', 'fastmail.com', 'fastmail.fm', 'hushmail.com', 'hey.com', 'posteo.de', 'posteo.net', 'mailbox.org',
  't-online.de', 'freenet.de', 'arcor.de', 'online.de', 'vodafone.de', 'bbox.fr', 'neuf.fr', 'numericable.fr', 'telefonica.net', 'ono.com', 'bluewin.ch', 'hispeed.ch', 'sunrise.ch', 'aon.at', 'chello.at', 'a1.net', 'skynet.be', 'telenet.be', 'ziggo.nl', 'kpnmail.nl', 'planet.nl',
  'xs4all.nl', 'home.nl', 'hetnet.nl', 'btinternet.com', 'btopenworld.com', 'sky.com', 'virginmedia.com', 'ntlworld.com', 'talktalk.net', 'blueyonder.co.uk', 'comcast.net', 'verizon.net', 'att.net', 'sbcglobal.net', 'bellsouth.net', 'cox.net', 'charter.net', 'earthlink.net', 'juno.com',
  'optonline.net', 'rogers.com', 'shaw.ca', 'sympatico.ca', 'videotron.ca', 'bigpond.com', 'optusnet.com.au', 'iinet.net.au', 'xtra.co.nz', 'qq.com', 'foxmail.com', '163.com', '126.com', 'sina.com', 'naver.com', 'daum.net', 'hanmail.net', 'rediffmail.com', 'uol.com.br', 'bol.com.br',
  'wp.pl', 'o2.pl', 'onet.pl', 'interia.pl', 'seznam.cz', 'centrum.cz', 'freemail.hu', 'citromail.hu', 'abv.bg', 'bk.ru', 'list.ru', 'ukr.net',
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
  return address.includes('@') && !publicFamilies.test(domain) && !publicDomains.has(domain) && addresses.some((each) => domainOf(each) === domain);
}
