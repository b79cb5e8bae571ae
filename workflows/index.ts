/** Every workflow of the product, for the bundle. */
export { collectInvoice } from './collectInvoice/collectInvoice';
export { collectSegment } from './collectSegment/collectSegment';
export { migratePolicy } from './migratePolicy/migratePolicy';
export { runCampaign } from './runCampaign/runCampaign';
