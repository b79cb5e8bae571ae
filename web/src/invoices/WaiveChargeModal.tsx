import { ReasonModal } from '../feedback/ReasonModal';
import { formatMoney } from '../format/money';
import { useWaiveCharge, type Charge } from './chargeQueries';

export function WaiveChargeModal({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const waive = useWaiveCharge(charge.invoiceId);
  return (
    <ReasonModal
      title="Waive a charge" confirmLabel="Waive" done="Waived." write={waive} id={charge.id} onClose={onClose}
      consequence={`${formatMoney(charge.amountMinor, charge.currency)} (${charge.basis}) is no longer asked for. The audit trail keeps it, with your reason.`}
    />
  );
}
