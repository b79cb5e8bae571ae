/** The queues with which forms begin: they come with the product, and no queue can be taken away. */
export const callQueue = 'Collections';
export const careQueue = 'Customer Care';
/** Of those who may decide more. */
export const decisionQueue = 'Credit';

/** Who is told where nobody has been chosen yet: a role. */
export const firstAudience = 'collector';
export const decidingAudience = 'credit-manager';
