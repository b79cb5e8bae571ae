import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { Differences } from './drafts/DifferencesList';
import { InForceModal } from './drafts/InForceModal';
import { pageOfInForce } from './inForce';
import { differencesQuery, useActivatePolicy, type PolicyDetail } from './queries';

/** Puts a version that was published before in force, with what publishing asks. `replacedId`: what it takes the place of. */
export function ActivateModal({ policy, replacedId, onClose }: { policy: PolicyDetail; replacedId: number | null; onClose: () => void }) {
  const activate = useActivatePolicy(policy.id);
  const navigate = useNavigate();
  const differences = useQuery({ ...differencesQuery(policy.id, replacedId ?? 0), enabled: replacedId !== null });
  return (
    <InForceModal
      title={`Put ${policy.policy}, version ${policy.version}, in force`} confirmLabel="Put in force" alwaysActivates={policy.inForce}
      intro={policy.inForce ? 'Invoices that are assigned to this policy come under this version already. New invoices to which nothing else is assigned do so from now on.' : 'Invoices that are assigned to this policy come under this version from now on.'}
      baseVersionId={replacedId} source={policy.source} steps={policy.steps} differences={replacedId === null ? <Differences items={[]} none="Nothing is in force whose place it takes." /> : <Loaded query={differences}>{({ items }) => <Differences items={items} none="Both say the same." />}</Loaded>}
      pending={activate.pending} error={activate.error} onClose={onClose}
      onConfirm={(answer) => activate.run(answer, ({ migration, ...version }) => {
        notifyDone(`${version.policy} version ${version.version} is in force.`);
        onClose();
        void navigate(pageOfInForce(version, migration));
      })}
    />
  );
}
