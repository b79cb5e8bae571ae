import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Page } from '../app/Page';
import { Loaded } from '../feedback/Loaded';
import { TemplateEditor } from './TemplateEditor';
import { kindNames } from './kinds';
import { templateQuery } from './queries';

export function Component() {
  const { templateId = '' } = useParams();
  const template = useQuery(templateQuery(Number(templateId)));
  return (
    <Page title={template.data?.title ?? 'Template'} back={{ to: '/templates', label: 'Templates' }} beside={template.data && `${template.data.name} · ${kindNames[template.data.kind]}`}>
      <Loaded query={template}>{(loaded) => <TemplateEditor key={loaded.id} template={loaded} />}</Loaded>
    </Page>
  );
}
