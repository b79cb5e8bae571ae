import { figuresOf, judge } from './measure';
import { parts } from './set';

/** `npm run bench:replies [training|test|later|unseen|more-training|more-test]`: how well the rules read the set; see docs/replies.md. */
const part = parts.find((each) => each === process.argv[2]) ?? 'test';
const figures = figuresOf(judge(part));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
process.stdout.write([
  `${part} part: ${figures.replies} replies, accuracy ${percent(figures.accuracy)}; acts alone on ${percent(figures.actsAlone)} of them, right in ${percent(figures.rightWhenActing)}; days right in ${percent(figures.datesRight)}`,
  '', '| kind | replies | precision | recall |', '|---|---|---|---|',
  ...figures.kinds.map(({ kind, replies, precision, recall }) => `| ${kind} | ${replies} | ${percent(precision)} | ${percent(recall)} |`), '',
].join('\n'));
