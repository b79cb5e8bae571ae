import { systemActor } from '../../../db/audit';
import { createCampaign, launchCampaign } from '../../../db/campaigns/campaigns';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { startDeployment, type Deployment } from '../../collection/deployment';

const source = `
policy: quiet
version: 1
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
steps:
  - { id: much-later, anchor: due, offset: { days: 900 }, actions: [{ notify: { audience: collections, title: Look } }] }
`;

/** A deployment whose policy has nothing to say for years, so that what is sent is a campaign's. */
export async function startQuietDeployment(startsAt: string): Promise<Deployment> {
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return startDeployment({ startsAt, policy: { policy: read.policy, source } });
}

/** Launches a campaign as people write it, and waits until it has done what is due. */
export async function launch(deployment: Deployment, key: string, written: unknown, at: number): Promise<void> {
  const document = campaignDocument.parse(written);
  const campaign = readCampaign(document);
  if ('problems' in campaign) throw new Error(JSON.stringify(campaign.problems));
  await deployment.knex.transaction(async (trx) => launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, key, { document, campaign: campaign.campaign }, at), at));
  await deployment.settle();
}
