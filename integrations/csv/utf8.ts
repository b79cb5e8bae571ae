import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';
import { CsvError } from './csvError';

/** Passes bytes on, and ends with a CsvError at the first that are not UTF-8: a guess would spoil names silently. */
export class Utf8Check extends Transform {
  private rest: Buffer = Buffer.alloc(0);
  private lines = 1;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const bytes = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    const end = lastBoundary(bytes);
    const whole = bytes.subarray(0, end);
    this.rest = bytes.subarray(end);
    if (!isUtf8(whole)) return done(this.error(whole));
    for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, at + 1)) this.lines += 1;
    done(null, whole);
  }

  override _flush(done: TransformCallback): void {
    if (this.rest.length && !isUtf8(this.rest)) return done(this.error(this.rest));
    done(null, this.rest);
  }

  private error(bytes: Buffer): CsvError {
    let line = this.lines;
    let start = 0;
    for (let at = bytes.indexOf(10); at >= 0 && isUtf8(bytes.subarray(start, at)); at = bytes.indexOf(10, start)) {
      start = at + 1;
      line += 1;
    }
    const utf16 = line === 1 && (bytes[0] === 0xff || bytes[0] === 0xfe);
    return new CsvError(utf16 ? 'the file is UTF-16; save it as CSV in UTF-8' : 'the text is not UTF-8; save the file as UTF-8, or say that its encoding is latin1', line);
  }
}

/** Where the last whole character ends: a sequence that is cut off at the end of a chunk is at most 3 bytes long. */
function lastBoundary(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
