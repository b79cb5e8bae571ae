import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fitLexicon } from './fit';
import { readReplySet } from './set';

/** The parts that were in view while rules and model were made: nothing else is fitted. */
export const fittedParts: readonly string[] = ['training', 'later', 'more-training', 'varied'];

/** `npm run replies:fit` writes domain/reply/lexicon.json anew. */
export function fitted() {
  return fitLexicon(readReplySet().filter(({ part }) => fittedParts.includes(part)));
}

if (require.main === module) {
  const { kinds, bias, weights } = fitted();
  const lines = Object.entries(weights).map(([feature, of]) => `${JSON.stringify(feature)}:${JSON.stringify(of)}`);
  const file = path.join(__dirname, '../../domain/reply/lexicon.json');
  writeFileSync(file, `{"kinds":${JSON.stringify(kinds)},"bias":${JSON.stringify(bias)},"weights":{\n${lines.join(',\n')}\n}}\n`);
  process.stdout.write(`${file}: ${lines.length} features\n`);
}
