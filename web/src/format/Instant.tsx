import { formatInstant, formatInstantIn, formatInstantShort } from './dates';

interface Props {
  iso: string;
  /** Whose wall clock the title tells as well. */
  zone?: string;
  short?: boolean;
}

/** An instant in the user's own zone; hovering tells it in full, and in the customer's zone where there is one. */
export function Instant({ iso, zone, short }: Props) {
  const title = zone ? `${formatInstantIn(iso, zone)}, where the customer is` : formatInstant(iso);
  return <time dateTime={iso} title={title} className="tabular">{short ? formatInstantShort(iso) : formatInstant(iso)}</time>;
}
