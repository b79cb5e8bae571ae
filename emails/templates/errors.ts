/** Where in a template something is wrong. */
export interface TemplatePlace {
  part: 'subject' | 'heading' | 'body';
  /** From 1; null when it cannot be said. */
  line: number | null;
  column: number | null;
}

/** A template that cannot be written out. It says what is wrong, so that a person can put it right; trying again would not. */
export class TemplateError extends Error {
  override name = 'TemplateError';

  /** `reason`: the message alone, for whoever knows which template it is about. */
  constructor(message: string, readonly place: TemplatePlace | null = null, readonly reason = message) {
    super(message);
  }
}

/** "line 3 of the body: …", for people. */
export function placed(message: string, { part, line }: TemplatePlace): string {
  return line === null || part !== 'body' ? `${part}: ${message}` : `${part}, line ${line}: ${message}`;
}
