import { TextInput } from '@mantine/core';
import { nameOf } from './document';

/** The email that tells the customer of a hold that was released; empty: nobody is told. */
export function ReleaseNoticeField({ value, onChange, w }: { value: unknown; onChange: (value: ({ template: string } & object) | undefined) => void; w?: number }) {
  const notice = typeof value === 'object' && value !== null ? value as { template?: unknown } : null;
  return <TextInput label="Email when it is released" placeholder="none" w={w} value={nameOf(notice?.template)} onChange={({ currentTarget: { value: template } }) => onChange(template === '' ? undefined : { ...notice, template })} />;
}
