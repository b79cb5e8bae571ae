import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type { Actor } from '../../db/audit/actor';
import type { Contract } from '../contracts/contract';
import type { ApiDeps } from '../deps';
import type { Identity } from './identity';
import type { Limits } from './limits';

/** One request, checked, as its handler gets it. */
export interface Call<C extends Contract = Contract> {
  params: C extends Contract<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
  query: C extends Contract<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
  body: C extends Contract<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
  identity: Identity;
  actor: Actor;
  /** The transaction of a request that changes something; the pool for one that reads. */
  db: Knex;
  /** For what takes only a transaction; throws in a handler that runs without one. */
  trx: Knex.Transaction;
  deps: ApiDeps;
  limits: Limits;
  /** The version in If-Match; null when any will do. */
  ifMatch: number | null;
  /** The same for every repeat of a request with the same Idempotency-Key; otherwise like no other. */
  requestId: string;
  request: Request;
  response: Response;
}

/** An answer that is not JSON. */
export class Document {
  constructor(readonly content: Buffer | string, readonly contentType: string, readonly headers: Readonly<Record<string, string>> = {}) {}
}

/** An answer that is too large to be held: written as it comes. Nothing is written before its caller is admitted. */
export class Streamed {
  constructor(readonly contentType: string, readonly headers: Readonly<Record<string, string>>, readonly pour: (write: (text: string) => Promise<void>) => Promise<void>) {}
}

/** As the schema has it, except that an instant may still be a Date, which JSON turns into ISO 8601. */
export type Answered<T> = T extends string ? (string extends T ? T | Date : T)
  : T extends readonly (infer Item)[] ? readonly Answered<Item>[]
  : T extends object ? { [K in keyof T]: Answered<T[K]> }
  : T;

type AnswerOf<C extends Contract> = C extends Contract<z.ZodType, z.ZodType, z.ZodType, infer A> ? Answered<z.output<A>> : never;

export type Handle<C extends Contract> = (call: Call<C>) => Promise<AnswerOf<C> | Document | Streamed | void>;

export interface Handler<C extends Contract> {
  handle: Handle<C>;
  /** Runs outside a transaction: it waits for something else, or is its own transaction. */
  outside?: true;
  /** Its answer holds a secret that is shown once: never stored, so a repeat is refused. */
  secret?: true;
  /** Its body holds a password, so no digest of it may be stored that passwords can be tried on. */
  password?: true;
}

export type Handlers<Cs extends Record<string, Contract>> = { [K in keyof Cs]: Handle<Cs[K]> | Handler<Cs[K]> };
