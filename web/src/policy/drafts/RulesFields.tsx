import { Fieldset, MultiSelect, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { CatchUpFields } from './CatchUpFields';
import { nameOf, numberOf, type DraftContent, type Path } from './document';
import classes from './DraftPage.module.css';

const zones = ['customer', ...Intl.supportedValuesOf('timeZone')];
const weekdays = [['mon', 'Monday'], ['tue', 'Tuesday'], ['wed', 'Wednesday'], ['thu', 'Thursday'], ['fri', 'Friday'], ['sat', 'Saturday'], ['sun', 'Sunday']].map(([value = '', label = '']) => ({ value, label }));
const caps = [['week', 'Messages in any 7 days'], ['month', 'Messages in any 30 days']] as const;

interface Props {
  content: DraftContent;
  change: (path: Path, value: unknown) => void;
}

/** When steps may run, how often one customer is written to, and what becomes of a day that was missed: what holds for the whole ladder. */
export function RulesFields({ content, change }: Props) {
  return (
    <>
      <Fieldset legend="When steps run" mb="xs"><CalendarFields calendar={content.calendar} change={(path, value) => change(['calendar', ...path], value)} /></Fieldset>
      <Fieldset legend="How often one customer is written to" mb="xs">
        <div className={classes.fields} style={{ marginTop: 0 }}>
          <NumberInput label="Days between two contacts" min={0} max={60} value={numberOf(content.contact.minimumDaysBetween)} onChange={(value) => change(['contact', 'minimumDaysBetween'], value === '' ? undefined : Number(value))} />
          <NativeSelect
            label="Emails of one day" value={nameOf(content.contact.merge)} data={[{ value: '', label: 'one for all invoices' }, { value: 'per-invoice', label: 'one for each invoice' }]}
            onChange={({ currentTarget: { value } }) => change(['contact', 'merge'], value || undefined)}
          />
          {caps.map(([per, label]) => <NumberInput key={per} label={label} placeholder="no limit" min={1} max={31} value={numberOf(capOf(content.contact.caps, per))} onChange={(value) => change(['contact', 'caps'], withCap(content.contact.caps, per, value === '' ? null : Number(value)))} />)}
        </div>
      </Fieldset>
      <div className={classes.fields} style={{ marginBottom: 10 }}><CatchUpFields value={content.catchUp} otherwise="only the latest step, as ever" onChange={(value) => change(['catchUp'], value)} /></div>
    </>
  );
}

function CalendarFields({ calendar, change }: { calendar: DraftContent['calendar']; change: (path: Path, value: unknown) => void }) {
  const { window, holidays } = calendar;
  const place = typeof holidays === 'object' && holidays !== null ? (holidays as { country?: unknown; region?: unknown }) : null;
  const times = { opens: nameOf(window?.opens) || '09:00', closes: nameOf(window?.closes) || '17:00' };
  const zone = nameOf(calendar.timeZone) || 'customer';
  return (
    <div className={classes.fields} style={{ marginTop: 0 }}>
      <TextInput label="From" type="time" value={times.opens} onChange={({ currentTarget: { value } }) => value && change(['window'], { ...times, opens: value })} />
      <TextInput label="until" type="time" value={times.closes} onChange={({ currentTarget: { value } }) => value && change(['window'], { ...times, closes: value })} />
      <Select label="In the time zone" searchable allowDeselect={false} data={(zones.includes(zone) ? zones : [zone, ...zones]).map((value) => ({ value, label: value === 'customer' ? 'of the customer' : value }))} value={zone} onChange={(value) => value && change(['timeZone'], value)} />
      <MultiSelect label="On" data={weekdays} value={Array.isArray(calendar.weekdays) ? calendar.weekdays.map(String) : ['mon', 'tue', 'wed', 'thu', 'fri']} onChange={(days) => days.length > 0 && change(['weekdays'], weekdays.map(({ value }) => value).filter((day) => days.includes(day)))} />
      <NativeSelect
        label="Days off" value={place ? 'country' : nameOf(holidays) || 'customer'}
        data={[{ value: 'customer', label: 'where the customer is' }, { value: 'country', label: 'of one country' }, { value: 'none', label: 'none' }]}
        onChange={({ currentTarget: { value } }) => change(['holidays'], value === 'country' ? { country: 'DE' } : value)}
      />
      {place && <>
        <TextInput label="Country" maxLength={2} value={nameOf(place.country)} onChange={({ currentTarget: { value } }) => change(['holidays', 'country'], value.toUpperCase())} />
        <TextInput label="Region" placeholder="all of it" maxLength={20} value={nameOf(place.region)} onChange={({ currentTarget: { value } }) => change(['holidays', 'region'], value || undefined)} />
      </>}
    </div>
  );
}

type Cap = { messages?: unknown; per?: unknown };

function capsOf(written: unknown): Cap[] {
  return Array.isArray(written) ? written.filter((cap): cap is Cap => typeof cap === 'object' && cap !== null) : [];
}

function capOf(written: unknown, per: string): unknown {
  return capsOf(written).find((cap) => cap.per === per)?.messages;
}

/** The caps with another one for a period; undefined where none is left. */
function withCap(written: unknown, per: 'week' | 'month', messages: number | null): Cap[] | undefined {
  const left = capsOf(written).filter((cap) => cap.per !== per);
  const all = messages === null ? left : [...left, { messages, per }];
  return all.length > 0 ? all : undefined;
}
