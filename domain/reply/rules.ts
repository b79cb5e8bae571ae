import { assertNever } from '../assertNever';
import { addDays } from '../calendar/dates';
import { cutText } from '../cutText';
import { replyKinds, type Classification, type ReplyKind, type ReplyText } from './classification';
import { findAmounts } from './findAmount';
import { findDates } from './findDates';
import { plainWords, wordsOf } from './plainWords';
import { isConditional, saysUnpaid } from './qualified';
import { de } from './words/de';
import { en } from './words/en';
import { es } from './words/es';
import { fr } from './words/fr';
import type { Sign } from './words/types';

const allSigns: readonly Sign[] = [...en, ...de, ...fr, ...es];

interface Match {
  sign: Sign;
  words: string;
}

/**
 * Classifies by rules: signs in four languages, each speaking for a kind with a weight. Several signs of one kind support each other; a strong second
 * kind makes the answer less sure. Pure, and without a network.
 */
export function classifyByRules(reply: ReplyText): Classification {
  const words = wordsOf(reply);
  const matches = matchesIn(words);
  const facts = { dates: findDates(words, reply.today), amounts: findAmounts(words) };
  const scores = new Map(replyKinds.map((kind) => [kind, scoreOf(kind, matches)]));
  weighTogether(scores, reply, words, facts);
  const [first, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < 0.4) return { ...nothing, reason: 'No rule recognises what it says.' };
  const confidence = Math.max(0, Math.min(0.99, first[1] - 0.5 * Math.max(0, (second?.[1] ?? 0) - 0.35)));
  return { ...nothing, kind: first[0], confidence: Math.round(confidence * 100) / 100, reason: reasonOf(first[0], matches, reply), ...detailsOf(first[0], reply, words, facts, matches) };
}

function matchesIn(words: string): Match[] {
  // The point in "20. März" and in "1,250.00" ends no sentence.
  const sentences = words.replace(/(\d)[.,](?=\s?[\p{L}\d])/gu, '$1');
  return allSigns.flatMap((sign): Match[] => {
    const match = sign.pattern.exec(sentences);
    return match ? [{ sign, words: cutText(match[0].trim(), 80) }] : [];
  });
}

/** Whether words of that kind are in it: a question mark alone, or a subject, is none. */
export function hasSign(kind: ReplyKind, reply: ReplyText): boolean {
  return matchesIn(wordsOf(reply)).some(({ sign }) => sign.kind === kind);
}

const nothing: Classification = { kind: 'other', confidence: 0.2, reason: '', on: null, amount: null, disputeReason: null, referredTo: null };

/** What a single sign is taken for: words mean something else too often for one pattern alone to act, unless it is the whole of a reply (0.95 and more). */
const single = 0.82;

/** Each further sign takes away from the doubt that the first leaves. */
function scoreOf(kind: ReplyKind, matches: readonly Match[]): number {
  const weights = matches.filter(({ sign }) => sign.kind === kind).map(({ sign }) => sign.weight).sort((a, b) => b - a);
  if (weights.length === 1 && weights[0]! < 0.95) return weights[0]! * single;
  return 1 - weights.reduce((doubt, weight, index) => doubt * (1 - (index === 0 ? weight : weight * 0.6)), 1);
}

interface Facts {
  dates: ReturnType<typeof findDates>;
  amounts: ReturnType<typeof findAmounts>;
}

/** What several observations say together that none says alone. */
function weighTogether(scores: Map<ReplyKind, number>, { automatic, subject, today }: ReplyText, words: string, { dates, amounts }: Facts): void {
  const of = (kind: ReplyKind): number => scores.get(kind) ?? 0;
  const set = (kind: ReplyKind, score: number): void => void scores.set(kind, Math.max(0, Math.min(1, score)));
  const coming = dates.some(({ on }) => on >= today);
  if (saysUnpaid(words)) set('paid', of('paid') * 0.3);
  if (isConditional(words)) set('promise', of('promise') - 0.35);
  // A machine that says nothing of an absence may be one that hands on what people write, such as a ticket system.
  if ((automatic && of('out-of-office') > 0) || automaticSubject.test(plainWords(subject))) set('out-of-office', Math.max(0.9, of('out-of-office')));
  // An absence names other people to turn to, and other kinds of words that mean nothing then.
  if (of('out-of-office') >= 0.65) for (const kind of ['wrong-contact', 'promise', 'question'] as const) set(kind, of(kind) * 0.4);
  if (of('dispute') >= 0.65) for (const kind of ['promise', 'paid', 'question'] as const) set(kind, of(kind) * 0.5);
  if (of('paid') >= 0.65) set('question', of('question') * 0.5);
  if (of('promise') > 0) set('promise', of('promise') + (coming ? 0.1 : -0.15) + (amounts.length > 0 && coming ? 0.1 : 0));
  if (of('promise') >= 0.6 && coming) set('question', of('question') * 0.5);
  if (of('promise') > 0 && !coming && of('question') >= 0.6) set('promise', of('promise') * 0.5);
  if (of('wrong-contact') >= 0.65) for (const kind of ['question', 'other'] as const) set(kind, of(kind) * 0.5);
  if (of('unsubscribe') >= 0.9) set('wrong-contact', of('wrong-contact') * 0.5);
  if (words.includes('?') && replyKinds.every((kind) => of(kind) < 0.6)) set('question', 0.7);
  if (isTaken(scores)) set('other', of('other') * 0.5);
}

function isTaken(scores: ReadonlyMap<ReplyKind, number>): boolean {
  return [...scores].some(([kind, score]) => kind !== 'other' && score >= 0.65);
}

const automaticSubject = /^(re: )?(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|ooo\b|automatische antwort|abwesenheit|reponse automatique|absence (du|de)|message d'absence|respuesta automatica|fuera de (la )?oficina)/;

function reasonOf(kind: ReplyKind, matches: readonly Match[], { automatic }: ReplyText): string {
  const quoted = matches.filter(({ sign }) => sign.kind === kind).slice(0, 3).map(({ words }) => `"${words}"`);
  if (quoted.length === 0) return automatic ? 'A machine sent it, by its own headers.' : kind === 'question' ? 'It asks something.' : 'Its subject says so.';
  return `It says ${quoted.join(' and ')}.`;
}

/** What a reply says beyond its kind, where something other than the rules told the kind. */
export function detailsAs(kind: ReplyKind, reply: ReplyText): Partial<Classification> {
  const words = wordsOf(reply);
  return detailsOf(kind, reply, words, { dates: findDates(words, reply.today), amounts: findAmounts(words) }, []);
}

function detailsOf(kind: ReplyKind, { today }: ReplyText, words: string, { dates, amounts }: Facts, matches: readonly Match[]): Partial<Classification> {
  switch (kind) {
    case 'promise':
      return { on: dates.find(({ on }) => on >= today)?.on ?? null, amount: amounts[0] ?? null };
    case 'out-of-office':
      return { on: returnDay(words, dates, today) };
    case 'dispute':
      return { disputeReason: matches.find(({ sign }) => sign.kind === 'dispute' && sign.disputeReason)?.sign.disputeReason ?? 'other', amount: null };
    case 'wrong-contact':
      return { referredTo: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(words)?.[0] ?? null };
    case 'paid': case 'question': case 'unsubscribe': case 'other':
      return {};
    default:
      return assertNever(kind);
  }
}

/** "Until the 22nd, back on the 23rd": the day that comes last; "until and including" one day alone: the day after. */
function returnDay(words: string, dates: Facts['dates'], today: string): string | null {
  const coming = dates.filter(({ on }) => on > today).sort((a, b) => (a.on < b.on ? -1 : 1));
  const last = coming.at(-1);
  if (!last) return null;
  const isInclusive = /\b(bis einschliesslich|through|up to and including|inclusive|inclus|inklusive)\b/.test(words) && coming.length === 1 && !/\b(back|zuruck|retour|vuelvo|wieder)\b/.test(words);
  return isInclusive ? addDays(last.on, 1) : last.on;
}
