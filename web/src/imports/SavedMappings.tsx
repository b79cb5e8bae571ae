import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import type { MappingProps } from './MappingForm';
import { savedMappingsQuery, useSaveMapping } from './queries';

export function SavedMappings({ current, mapping, onChange }: MappingProps) {
  const { data } = useQuery(savedMappingsQuery(current.kind));
  const save = useSaveMapping();
  const [name, setName] = useState('');
  const saved = data?.items ?? [];
  const load = (chosen: string) => {
    const found = saved.find((each) => each.name === chosen);
    if (!found) return;
    setName(found.name);
    onChange(found.mapping);
  };
  return (
    <Stack gap="xs">
      <Group gap="sm" align="flex-end">
        {saved.length > 0 && <NativeSelect label="Use a saved matching" value="" data={[{ value: '', label: 'Choose' }, ...saved.map((each) => ({ value: each.name, label: each.name }))]} onChange={(event) => load(event.currentTarget.value)} />}
        <TextInput label="Save this matching as" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button variant="default" disabled={name.trim() === ''} loading={save.pending} onClick={() => save.run({ kind: current.kind, name: name.trim(), mapping }, (each) => notifyDone(`Saved as ${each.name}.`))}>Save</Button>
      </Group>
      {save.error ? <ErrorState error={save.error} /> : null}
    </Stack>
  );
}
