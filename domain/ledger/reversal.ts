/** Why a payment is taken back: the bank or a person reverses it, or the payer has their bank fetch the money back. */
export const reversalKinds = ['reversal', 'chargeback'] as const;
export type ReversalKind = (typeof reversalKinds)[number];
