import { assertNever } from '../../domain/assertNever';
import { localOutbox } from './outbox';
import type { MailProvider } from './provider';
import { resendMail } from './resend';
import { smtpMail } from './smtp';

export type ProviderChoice = { kind: 'outbox' } | { kind: 'resend'; apiKey: string; baseUrl?: string } | { kind: 'smtp'; url: string };

/** The provider that a deployment is configured for. */
export function createMailProvider(choice: ProviderChoice): MailProvider {
  switch (choice.kind) {
    case 'outbox': return localOutbox();
    case 'resend': return resendMail(choice);
    case 'smtp': return smtpMail(choice);
    default: return assertNever(choice);
  }
}
