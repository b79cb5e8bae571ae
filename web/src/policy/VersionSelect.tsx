import { useQuery } from '@tanstack/react-query';
import { FilterSelect } from '../filters/FilterSelect';
import { policyVersionChoicesQuery } from './queries';

interface Props {
  label: string;
  /** The id of a published version, as it stands in the address. */
  value: string | undefined;
  /** This one is not offered. */
  without?: number;
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** A published version of any policy. */
export function VersionSelect({ label, value, without, onChange, width = 190 }: Props) {
  const { data } = useQuery(policyVersionChoicesQuery);
  const options = (data?.items ?? []).filter(({ id }) => id !== without).map(({ id, policy, version }) => ({ value: String(id), label: `${policy}, version ${version}` }));
  // Until they are here an id would be shown as a name.
  return <FilterSelect label={label} value={data ? value : undefined} options={options} onChange={onChange} width={width} />;
}
