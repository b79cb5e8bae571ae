import { ReasonModal } from '../feedback/ReasonModal';
import { useWithdrawDiscount, type DiscountOffer } from './discountQueries';

export function WithdrawDiscountModal({ offer, onClose }: { offer: DiscountOffer; onClose: () => void }) {
  const withdraw = useWithdrawDiscount(offer.invoiceId);
  return (
    <ReasonModal
      title="Withdraw an offer" confirmLabel="Withdraw" done="Withdrawn." write={withdraw} id={offer.id} onClose={onClose}
      consequence="A payment that comes later takes nothing off. What the customer has read already is not taken back."
    />
  );
}
