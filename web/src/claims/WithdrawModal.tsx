import { ReasonModal } from '../feedback/ReasonModal';
import { useWithdrawPromise, type PromiseToPay } from './queries';

export function WithdrawModal({ promise, onClose }: { promise: PromiseToPay; onClose: () => void }) {
  const withdraw = useWithdrawPromise();
  return (
    <ReasonModal
      title={`Withdraw the promise of ${promise.customerName}`} confirmLabel="Withdraw" done="The promise is withdrawn." write={withdraw} id={promise.id} onClose={onClose}
      consequence="What was promised is asked for again, at the step that is due."
    />
  );
}
