import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { apiBase } from '../http/client';

export interface ExportLinkProps {
  /** The list's path below the API, as in `/invoices`. */
  list: string;
  /** The list's filters, as they are asked for on this page. */
  query?: Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;
}

/** The whole list as a file, with the filters that are set: a plain link, so that the browser writes it to disk as it comes. */
export function ExportLink({ list, query = {} }: ExportLinkProps) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) params.append(name, String(each));
  }
  const search = params.toString();
  return (
    <Button component="a" href={`${apiBase}${list}.csv${search && `?${search}`}`} download variant="subtle" ml="auto" leftSection={<IconDownload size={14} aria-hidden />}>
      Export CSV
    </Button>
  );
}
