import { useQuery } from '@tanstack/react-query';
import { Page } from '../app/Page';
import { Loaded } from '../feedback/Loaded';
import { useFilters } from '../filters/useFilters';
import { ImportDetail } from './ImportDetail';
import { PastImports } from './PastImports';
import { importQuery } from './queries';
import { UploadForm } from './UploadForm';

const filterNames = ['id'] as const;

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const id = Number(filters.id) || null;
  const current = useQuery({ ...importQuery(id ?? 0), enabled: id !== null });
  if (id === null) {
    return (
      <Page title="Import">
        <UploadForm onUploaded={(uploaded) => setFilters({ id: String(uploaded.id) })} />
        <PastImports onOpen={(each) => setFilters({ id: String(each.id) })} />
      </Page>
    );
  }
  return (
    <Page title={current.data ? `Import ${current.data.fileName}` : 'Import'} back={{ to: '/import', label: 'Import' }}>
      <Loaded query={current}>{(loaded) => <ImportDetail key={loaded.id} current={loaded} />}</Loaded>
    </Page>
  );
}
