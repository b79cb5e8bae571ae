const prefix = 'invoice:';

/** The id of the workflow that collects an invoice: readable, and the same wherever it is built. */
export function invoiceWorkflowId(externalId: string): string {
  return `${prefix}${externalId}`;
}

/** The invoice's external id, or null for an id that is not of an invoice's workflow. */
export function parseInvoiceWorkflowId(workflowId: string): string | null {
  return workflowId.startsWith(prefix) && workflowId.length > prefix.length ? workflowId.slice(prefix.length) : null;
}
