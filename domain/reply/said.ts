import { cutText } from '../cutText';

/** Lines that begin what a mail program quotes. */
const quoteStarts: readonly RegExp[] = [
  /^-{2,}\s*(original message|forwarded message|urspr\S+ngliche nachricht|weitergeleitete nachricht|message d'origine|message transf\S+r\S+|mensaje original|mensaje reenviado)\s*-{2,}/i,
  /^_{10,}$/,
  /^(from|von|de)\s*:\s*\S.*@/i,
];
/** "On …, … wrote:" in one line or two. */
const attribution = /^(on|am|le|el|op|il|em|no dia)\b.{4,200}(wrote|schrieb|a\s+[ée]crit|escribi[óo]|schreef|ha scritto|escreveu)\b.{0,80}:?\s*$/i;
const headFrom = /^\*?(from|von|de)\s*:\*?\s*\S/i;
const headMore = /^\*?(sent|date|to|gesendet|datum|an|envoy[ée]( le)?|[àa]|enviad[oa]( el)?|fecha|para)\s*:/i;
const attributionStart = /^(on|am|le|el)\b.*\d.*$/i;
/** Lines that begin a signature. */
const signatureStarts: readonly RegExp[] = [
  /^--\s*$/,
  /^(sent from my|von meinem .{2,30} gesendet|gesendet von|envoy[ée] de(puis)? mon|enviado desde mi|get outlook for)\b/i,
  /^(kind regards|best regards|warm regards|regards|best wishes|best|cheers|sincerely|yours (sincerely|faithfully)|many thanks|mit freundlichen gr\S+en|freundliche gr\S+e|viele gr\S+e|beste gr\S+e|liebe gr\S+e|mfg|vg|lg|cordialement|bien cordialement|bien [àa] vous|salutations|un saludo|saludos( cordiales)?|atentamente|cordialmente)\b[\s,.!]*([A-Z]\S*[\s,.]*){0,4}$/i,
];
const charactersMax = 20_000;

/**
 * What the writer of a mail wrote, from its plain text: without what is quoted and without the signature. Where nothing would be left, as when an answer
 * stands below the quotation, the unquoted lines.
 */
export function said(body: string): string {
  const lines = cutText(body, charactersMax).replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd());
  const above = withoutSignature(lines.slice(0, quotedFrom(lines)));
  if (above !== '') return above;
  return withoutSignature(lines.filter((line) => !line.trimStart().startsWith('>') && !isQuoteStart(line)));
}

function quotedFrom(lines: readonly string[]): number {
  const at = lines.findIndex((line, index) => isQuoteStart(line) || isHeadOfMail(lines, index) || line.startsWith('>') || isAttributionOverTwoLines(line, lines[index + 1] ?? ''));
  return at < 0 ? lines.length : at;
}

function isQuoteStart(line: string): boolean {
  const text = line.trim().slice(0, 400);
  return attribution.test(text) || quoteStarts.some((start) => start.test(text));
}

/** "From: Harbour Billing", and below it, or above, when it was sent or to whom: the head of a mail without an address, as Outlook quotes it. */
function isHeadOfMail(lines: readonly string[], index: number): boolean {
  const [first, below] = [lines[index]!.trim(), lines.slice(index + 1, index + 4).map((line) => line.trim())];
  return (headFrom.test(first) && below.some((line) => headMore.test(line))) || (headMore.test(first) && below.some((line) => headFrom.test(line)));
}

function isAttributionOverTwoLines(line: string, next: string): boolean {
  return line.length < 200 && attributionStart.test(line.trim()) && /(wrote|schrieb|[ée]crit|escribi[óo])\b.{0,20}:\s*$/i.test(next.slice(0, 300)) && !next.startsWith('>');
}

function withoutSignature(lines: readonly string[]): string {
  // A greeting at the very top is no signature: "Best, …" may also end a mail of one line.
  const end = lines.findIndex((line, index) => index > 0 && signatureStarts.some((start) => start.test(line.trim().slice(0, 200))));
  return lines.slice(0, end < 0 ? lines.length : end).join('\n').trim();
}
