import { parseMail } from '../../../integrations/inbound/parseMail';

const automaticOf = async (...lines: readonly string[]) => {
  const hasBody = lines.includes('');
  const from = lines.some((line) => line.startsWith('From:')) ? [] : ['From: Ann <ann@alder.example>'];
  const raw = [...from, 'To: x@replies.example', 'Subject: Re: Your invoice', 'Message-ID: <1@alder.example>', ...lines, ...(hasBody ? [] : ['', 'We will pay on 20 March.'])].join('\r\n');
  return (await parseMail(Buffer.from(raw), { source: 'imap', sourceRef: '7:1', receivedAt: undefined, isCut: false, ownMark: 'x-dunwell-message' })).automatic;
};

describe('who wrote a mail, by its head', () => {
  test.each([
    ['a person', [], null],
    ['a person, with a return path', ['Return-Path: <ann@alder.example>'], null],
    ['a person whose program says so', ['Auto-Submitted: no'], null],
    ['a person who wants no delivery reports', ['X-Auto-Response-Suppress: DR, RN, NRN'], null],
    ['an absence (RFC 3834)', ['Auto-Submitted: auto-replied (vacation)'], 'auto-reply'],
    ['a machine\'s notice', ['Auto-Submitted: auto-generated'], 'auto-reply'],
    ['no return path', ['Return-Path: <>'], 'auto-reply'],
    ['no return path at our server, one at theirs', ['Return-Path: <>', 'Return-Path: <ann@alder.example>'], 'auto-reply'],
    ['Exchange', ['X-Auto-Response-Suppress: All'], 'auto-reply'],
    ['Exchange, of absences', ['X-Auto-Response-Suppress: DR, OOF, AutoReply'], 'auto-reply'],
    ['an older one', ['Precedence: auto_reply'], 'auto-reply'],
    ['another', ['X-Autoreply: yes'], 'auto-reply'],
    ['a newsletter', ['Precedence: bulk'], 'bulk'],
    ['a list', ['List-Id: <all.alder.example>'], 'bulk'],
    ['a report of non-delivery', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', '', 'Gone.', '--b--'], 'report'],
    ['a report of reading', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b', '', '--b', '', 'Read.', '--b--'], 'report'],
    ['a report that is also marked as automatic', ['Return-Path: <>', 'Auto-Submitted: auto-replied', 'Content-Type: multipart/report; boundary=b', '', '--b', '', 'Gone.', '--b--'], 'report'],
    ['a mail system', ['From: Mail Delivery Subsystem <MAILER-DAEMON@alder.example>'], 'report'],
    ['a report of Exim', ['X-Failed-Recipients: ann@alder.example'], 'report'],
    ['our own mail', ['X-Dunwell-Message: 1', 'Auto-Submitted: auto-generated'], 'loop'],
  ] as const)('%s', async (_who, lines, expected) => expect(await automaticOf(...lines)).toBe(expected));
});
