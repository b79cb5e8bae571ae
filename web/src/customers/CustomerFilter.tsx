import { idIn } from '../filters/idIn';
import { CustomerSelect } from './CustomerSelect';

export { idIn as customerIdOf } from '../filters/idIn';

interface Props {
  /** The customer's id, as it stands in the address. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** The customer that a list is filtered by. */
export function CustomerFilter({ value, onChange, width = 180 }: Props) {
  return <CustomerSelect label="Customer" value={idIn(value) ?? null} onChange={(id) => onChange(id === null ? undefined : String(id))} width={width} />;
}
