import type { MailTask } from '../../db/mail/tasks';

export function failedTask(messageId: string, reason: string, at: number): MailTask {
  return {
    messageId, trouble: 'failed', at,
    title: 'A message could not be sent',
    instructions: `${reason}\nReach the customer another way, and put right what stood in the way.`,
  };
}

export function unknownTask(messageId: string, reason: string, at: number): MailTask {
  return {
    messageId, trouble: 'unknown', at,
    title: 'Find out whether a message was sent',
    instructions: `${reason}\nLook the message up at the mail provider or ask the customer. It is not sent again by itself, so that nobody gets it twice.`,
  };
}
