import { readFileSync, writeFileSync } from 'node:fs';
import { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

/*
 * The SDK's own historyToJSON meets two copies of protobufjs in this tree and refuses; the message class converts itself, to plain JSON that can be read,
 * searched and altered.
 */
export function writeHistory(file: string, history: History): void {
  const message = temporal.api.history.v1.History.fromObject(history);
  writeFileSync(file, `${JSON.stringify(temporal.api.history.v1.History.toObject(message, { enums: String, longs: String, bytes: String }), null, 1)}\n`);
}

export function readHistoryText(file: string): string {
  return readFileSync(file, 'utf8');
}

export function parseHistory(text: string): History {
  return temporal.api.history.v1.History.fromObject(JSON.parse(text) as Record<string, unknown>);
}
