import { isMap, isScalar, parseDocument } from 'yaml';

/** What a policy text says of itself, as far as it can be read; the text may be wrong in everything else. */
export interface SourceIdentity {
  policy: string | null;
  version: number | null;
}

export function identityOf(source: string): SourceIdentity {
  const policy = scalarAt(source, 'policy')?.value;
  const version = scalarAt(source, 'version')?.value;
  return {
    policy: typeof policy === 'string' && policy.trim() !== '' ? policy : null,
    version: typeof version === 'number' && Number.isSafeInteger(version) ? version : null,
  };
}

/** The same text with another version number: everything else stays as it was written, comments and layout included. */
export function withVersion(source: string, version: number): string {
  const found = scalarAt(source, 'version');
  return found ? `${source.slice(0, found.from)}${version}${source.slice(found.to)}` : source;
}

function scalarAt(source: string, key: string): { value: unknown; from: number; to: number } | null {
  const { contents } = parseDocument(source, { uniqueKeys: false, prettyErrors: false });
  if (!isMap(contents)) return null;
  const value = contents.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  return isScalar(value) && value.range ? { value: value.value, from: value.range[0], to: value.range[1] } : null;
}
