import { ErrorState } from '../feedback/ErrorState';
import { ApiError } from '../http/problem';
import { roleNames, type Role } from '../session/may';
import { Page } from './Page';

/** In place of a page that only changes what this person may not change: nobody fills in a form that would be refused. */
export function ForbiddenPage({ role }: { role: Role }) {
  return <Page title="Not for your role"><ErrorState error={new ApiError({ title: 'Not for your role', status: 403, detail: `You are signed in as ${roleNames[role].toLowerCase()}, who may not do what this page is for.` })} /></Page>;
}
