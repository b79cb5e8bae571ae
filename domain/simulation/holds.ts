import type { InvoiceFacts } from '../collection/facts';

type Held = Pick<InvoiceFacts, 'holds'>;

/** The holds on one customer, as far as they are in force: those of the invoices that are lived through, and those that stand on none of them, as those placed by hand. */
export class SimulatedHolds {
  /** @param elsewhere all that are in force, until `adopt` tells which of them stand on an invoice here */
  constructor(private elsewhere: number) {}

  adopt(invoice: Held): void {
    this.elsewhere -= inForce(invoice);
  }

  inForce(invoices: Iterable<Held>): number {
    let sum = this.elsewhere;
    for (const invoice of invoices) sum += inForce(invoice);
    return sum;
  }
}

function inForce({ holds }: Held): number {
  return holds.reduce((sum, { releasedAt }) => (releasedAt === null ? sum + 1 : sum), 0);
}
