/** Why a payment is taken back: the bank or a person reverses it, or the payer has their bank fetch the money back. */
export const reversalKinds = ['reversal', 'chargeback'] as const;
export type ReversalKind = (typeof reversalKinds)[number];

/** How the money of a payment goes away again: given back, or taken back as a whole. */
export const refundKinds = ['refund', ...reversalKinds] as const;
export type RefundKind = (typeof refundKinds)[number];
