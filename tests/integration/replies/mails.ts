let counter = 0;

export interface Mail {
  from?: string;
  to: string;
  subject?: string;
  text?: string;
  messageId?: string;
  /** The Date header; null: none. */
  date?: string | null;
  headers?: readonly string[];
  /** The whole body with its own Content-Type among the headers. */
  body?: string;
}

/** A raw mail, as a customer's mail program would send it. */
export function rawMail({ from = 'Tom Hale <tom@ropes.example>', to, subject = 'Re: Your invoice', text = '', messageId, date = 'Tue, 10 Mar 2026 10:00:00 +0000', headers = [], body }: Mail): string {
  counter += 1;
  return [
    `From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: ${messageId ?? `<mail-${counter}@hale.example>`}`, ...(date === null ? [] : [`Date: ${date}`]), 'MIME-Version: 1.0',
    ...(body === undefined ? ['Content-Type: text/plain; charset=utf-8'] : []), ...headers, '', body ?? text, '',
  ].join('\n');
}
