import { CustomerSelect } from './CustomerSelect';

interface Props {
  /** The customer's id, as it stands in the address. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** The customer that a list is filtered by. */
export function CustomerFilter({ value, onChange, width = 180 }: Props) {
  return <CustomerSelect label="Customer" value={customerIdOf(value) ?? null} onChange={(id) => onChange(id === null ? undefined : String(id))} width={width} />;
}

/** What an address says, if it can be a customer's id. */
export function customerIdOf(value: string | undefined): number | undefined {
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}
