import { unitsPerPercent } from '../domain/charges/interest';
import type { MessageContent } from '../domain/templates/content';
import type { Locale } from './locale';
import type { MessageInput } from './types';
import type { Labels } from './wording/types';

/** The message with what its campaign offers in words: amounts only in the currencies of its invoices. */
export function withOfferInWords(input: MessageInput, locale: Locale, labels: Labels): MessageInput {
  const { campaign } = input;
  if (!campaign) return input;
  const offer = wordsOf(campaign.offer, input, locale, labels);
  return { ...input, campaign: { ...campaign, offer, expiresOn: offer === null ? null : campaign.expiresOn } };
}

function wordsOf(offer: NonNullable<MessageContent['campaign']>['offer'], { invoices }: MessageInput, locale: Locale, labels: Labels): string | null {
  if (offer === null || typeof offer === 'string') return offer;
  if (offer.kind === 'percent') return labels.offer(labels.percent(locale.number(String(offer.rate / unitsPerPercent))));
  const currencies = [...new Set(invoices.map(({ currency }) => currency))];
  const amounts = currencies.flatMap((currency) => (offer.minorByCurrency[currency] === undefined ? [] : [locale.money({ amountMinor: offer.minorByCurrency[currency], currency })]));
  return amounts.length === 0 ? null : labels.offer(amounts.join(' / '));
}
