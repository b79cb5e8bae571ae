import { TagsInput, type TagsInputProps } from '@mantine/core';

const colleagues = ['owner', 'owner-manager', 'admin', 'credit-manager', 'collector', 'sales', 'viewer'];

/** Whom of one's own people an email goes to: the account's owner, that person's manager, all of a role, or an address. */
export function ColleaguesInput({ label = 'To', ...props }: Pick<TagsInputProps, 'label' | 'w' | 'value' | 'onChange'>) {
  return <TagsInput label={label} description="Who, or an address" data={colleagues} {...props} />;
}
