/** One thing that is wrong with a policy document, and where. */
export interface PolicyError {
  /** `steps[2].when.value.USD`; empty for the document as a whole. */
  path: string;
  message: string;
  /** What may stand there. */
  allowed?: string;
  /** In the text, counted from 1. */
  line?: number;
  column?: number;
}

export type DocumentPath = readonly (string | number)[];

export interface Problem {
  path: DocumentPath;
  message: string;
  allowed?: string;
}

/** Gathers what is wrong, so that an author sees all of it at once. */
export class Problems {
  readonly found: Problem[] = [];

  add(path: DocumentPath, message: string, allowed?: string): void {
    this.found.push({ path, message, allowed });
  }
}

export function pathText(path: DocumentPath): string {
  return path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    const plain = /^[A-Za-z_$][\w$-]*$/.test(part);
    return plain ? (index === 0 ? part : `.${part}`) : `[${JSON.stringify(part)}]`;
  }).join('');
}

/** A value as an error quotes it: short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
