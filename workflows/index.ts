/** Every workflow of the product, for the bundle. */
export { collectBatch } from './collectBatch/collectBatch';
export { collectInvoice } from './collectInvoice/collectInvoice';
export { collectSegment } from './collectSegment/collectSegment';
export { handOver } from './handOver/handOver';
export { migratePolicy } from './migratePolicy/migratePolicy';
export { runCampaign } from './runCampaign/runCampaign';
