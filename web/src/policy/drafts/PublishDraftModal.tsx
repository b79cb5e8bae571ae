import { useNavigate } from 'react-router';
import { notifyDone } from '../../feedback/notify';
import { pageOfInForce } from '../inForce';
import { DraftDifferences } from './DifferencesList';
import { InForceModal } from './InForceModal';
import { usePublishDraft, type PolicyDraft } from './queries';

/** Asks what publishing a draft means, and publishes it. */
export function PublishDraftModal({ draft, onClose }: { draft: PolicyDraft; onClose: () => void }) {
  const publish = usePublishDraft(draft.id);
  const navigate = useNavigate();
  return (
    <InForceModal
      title={`Publish ${draft.name}, version ${draft.version ?? '?'}`} intro="A published version never changes. Invoices that are assigned to this policy come under it from now on." confirmLabel="Publish"
      baseVersionId={draft.baseVersionId} source={draft.source} steps={draft.steps} differences={<DraftDifferences draft={draft} />} pending={publish.pending} error={publish.error} onClose={onClose}
      onConfirm={(answer) => publish.run({ rowVersion: draft.rowVersion, ...answer }, ({ version, migration }) => {
        notifyDone(`${version.policy} version ${version.version} is published.`);
        void navigate(pageOfInForce(version, migration));
      })}
    />
  );
}
