import type { Payload, PayloadCodec } from '@temporalio/common';
import { Router, json, type Request, type Response } from 'express';
import { z } from 'zod';
import type { ApiDeps } from '../deps';
import { authorize, identify } from './identity';
import { ProblemError } from './problem';

/** Who operates a deployment may read what its workflows were given. */
const operators = { kind: 'roles', roles: ['admin'], scope: 'admin' } as const;

const base64 = z.base64();
/** Payloads as Temporal's JSON has them: bytes in base64. */
const Payloads = z.object({ payloads: z.array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') })).max(1_000) });

/**
 * What Temporal's UI asks, by its remote codec protocol, to show payloads that the server keeps encrypted: from the operator's browser,
 * with the operator's own session. Nothing is changed by it, and no page but that UI is told the answer.
 */
export function codecServer({ knex, settings }: ApiDeps): Router {
  const router = Router();
  const { temporalCodec: codec, temporalUi } = settings;
  if (codec === null || temporalUi === null) return router;
  const uiOrigin = new URL(temporalUi.url).origin;
  const path = '/temporal-codec/decode';
  const allow = (request: Request, response: Response): void => {
    if (request.header('origin') !== uiOrigin) throw new ProblemError(403, 'other-origin', `This answers Temporal's UI at ${uiOrigin} and nobody else.`);
    response.setHeader('access-control-allow-origin', uiOrigin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('vary', 'origin');
  };
  router.options(path, (request, response) => {
    allow(request, response);
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader('access-control-allow-headers', 'content-type, x-namespace, authorization');
    response.status(204).end();
  });
  const admit = async (request: Request, response: Response, next: () => void): Promise<void> => {
    allow(request, response);
    authorize(operators, await identify(knex, request));
    next();
  };
  router.post(path, admit, json({ limit: '2mb' }), async (request, response) => {
    const read = Payloads.safeParse(request.body);
    if (!read.success) throw new ProblemError(400, 'invalid-request', 'The body is not payloads as Temporal\'s UI sends them.');
    response.json({ payloads: (await decoded(codec, read.data.payloads.map(fromJson))).map(toJson) });
  });
  return router;
}

async function decoded(codec: PayloadCodec, payloads: Payload[]): Promise<Payload[]> {
  try {
    return await codec.decode(payloads);
  } catch (error) {
    throw new ProblemError(422, 'not-possible', error instanceof Error ? error.message : String(error));
  }
}

type JsonPayload = z.output<typeof Payloads>['payloads'][number];

function fromJson({ metadata, data }: JsonPayload): Payload {
  return { metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])), data: Buffer.from(data, 'base64') };
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const encoded = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');
  return { metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, encoded(bytes)])), data: encoded(data) };
}
