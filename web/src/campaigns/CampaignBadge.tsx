import { StateBadge } from '../app/StateBadge';
import type { Campaign } from './queries';

const tones = { running: 'active', paused: 'warn', stopped: 'neutral', done: 'good' } as const;

/** What is going on now is in the newest run; before the first there is only the plan. */
export function CampaignBadge({ campaign }: { campaign: Campaign }) {
  const run = campaign.runs[0];
  if (campaign.state === 'draft' || !run) return <StateBadge state={campaign.state === 'launched' ? 'scheduled' : campaign.state} tone={campaign.state === 'launched' ? 'active' : 'neutral'} />;
  return <StateBadge state={run.state} tone={tones[run.state]} />;
}
