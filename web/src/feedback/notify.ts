import { notifications } from '@mantine/notifications';
import { problemOf, whatToTry } from '../http/problem';

const close = { 'aria-label': 'Close' } as const;

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'ink', autoClose: 4000, closeButtonProps: close });
}

/** For a failed action that has no form of its own to show the error in. It stays until it is closed. */
export function notifyFailed(error: unknown): void {
  const problem = problemOf(error);
  const sentences = [problem.detail, ...(problem.errors ?? []).map((each) => (each.path ? `${each.path}: ${each.message}` : each.message)), whatToTry(problem.status)];
  notifications.show({ title: problem.title, message: sentences.filter(Boolean).join(' '), color: 'red', autoClose: false, closeButtonProps: close });
}
