import { crossJudge, figuresOf, judge } from './measure';
import { parts } from './set';

/** `npm run bench:replies [cross|fresh|training|test|later|unseen|varied|more-training|more-test]`: how well replies are read; see docs/replies.md. */
const asked = process.argv[2] ?? 'fresh';
const part = parts.find((each) => each === asked);
if (!part && asked !== 'cross') throw new Error(`No part is called ${asked}: cross, ${parts.join(', ')}.`);
const figures = figuresOf(part ? judge(part) : crossJudge());
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
process.stdout.write([
  `${asked} part: ${figures.replies} replies, kind right in ${percent(figures.accuracy)}; acts alone on ${percent(figures.actsAlone)} of them, right in ${percent(figures.rightWhenActing)}; days right in ${percent(figures.datesRight)}`,
  `the surest: ${figures.coverage.map(({ covered, precision }) => `${percent(covered)} of them ${percent(precision)} right`).join(', ')}`,
  '', '| kind | replies | precision | recall |', '|---|---|---|---|',
  ...figures.kinds.map(({ of, replies, precision, recall }) => `| ${of} | ${replies} | ${percent(precision)} | ${percent(recall)} |`),
  '', '| language | replies | kind right | acts alone | right when it acts |', '|---|---|---|---|---|',
  ...figures.languages.map(({ of, replies, accuracy, actsAlone, rightWhenActing }) => `| ${of} | ${replies} | ${percent(accuracy)} | ${percent(actsAlone)} | ${percent(rightWhenActing)} |`), '',
  // A part that is there to be measured only is not shown: what one has read one writes rules for.
  ...(asked === 'cross' ? figures.wrongWhenActing.map(({ reply, found }) => `acted wrongly: ${reply.kind} taken for ${found.kind}, ${found.confidence}: ${reply.text.slice(0, 120)}`) : []), '',
].join('\n'));
