import fc from 'fast-check';
import { isKnownSender } from '../../../domain/reply/knownSender';

describe('whose address it is', () => {
  test.each([
    ['ann@alder.example', ['ann@alder.example'], true],
    ['ANN@Alder.Example ', ['ann@alder.example'], true],
    ['bo@alder.example', ['ann@alder.example'], true],
    ['bo@alder.example', ['ann@birch.example'], false],
    ['bo@not-alder.example', ['ann@alder.example'], false],
    ['bo@alder.example.evil.example', ['ann@alder.example'], false],
    ['ann@alder.example@evil.example', ['ann@alder.example'], false],
    ['', ['ann@alder.example'], false],
    ['alder.example', ['ann@alder.example'], false],
    ['bo@alder.example', [], false],
  ])('%s, of a customer with %j: %s', (from, known, expected) => expect(isKnownSender(from, known)).toBe(expected));

  test.each(['gmail.com', 'googlemail.com', 'yahoo.com', 'yahoo.co.uk', 'hotmail.fr', 'outlook.com', 'live.nl', 'gmx.de', 'web.de', 't-online.de', 'orange.fr', 'free.fr', 'telefonica.net', 'icloud.com', 'proton.me', 'btinternet.com', 'mail.ru', 'qq.com'])(
    'two people at %s are two people', (domain) => {
      expect(isKnownSender(`bo@${domain}`, [`ann@${domain}`])).toBe(false);
      expect(isKnownSender(`ann@${domain}`, [`ann@${domain}`])).toBe(true);
    });
  test.each(['outlook-partners.example', 'free-range.example', 'liveoak.com', 'mymail.de', 'web.example'])('%s is a company', (domain) => expect(isKnownSender(`bo@${domain}`, [`ann@${domain}`])).toBe(true));

  test('who is known stays so, in whatever letters, and however many others are', () => {
    fc.assert(fc.property(fc.emailAddress(), fc.array(fc.emailAddress()), fc.boolean(), (address, others, loud) => isKnownSender(loud ? address.toUpperCase() : address, [...others, address])));
  });
});
