import express, { type RequestHandler } from 'express';
import multer from 'multer';
import { evidenceBytesMax } from '../../domain/dispute/evidence';
import type { Contract } from '../contracts/contract';

const jsonBytesMax = 1_000_000;
/** A thousand records of ten kilobytes. */
const bulkBytesMax = 10_000_000;
const pdfBytesMax = 10_000_000;
/** A million rows of a few hundred bytes. */
export const uploadBytesMax = 500_000_000;

const nothing: RequestHandler = (_request, _response, next) => next();

/** How a route's body is read: after sign-in was checked, so that nobody fills memory or disk unknown. */
export function bodyReader(contract: Contract, uploadFolder: string): RequestHandler {
  switch (contract.upload) {
    case 'multipart': return multer({ dest: uploadFolder, limits: { fileSize: uploadBytesMax, files: 1, fields: 10, fieldSize: 10_000 } }).single('file');
    case 'raw-json': return express.raw({ type: () => true, limit: jsonBytesMax });
    case 'pdf': return express.raw({ type: 'application/pdf', limit: pdfBytesMax });
    case 'file': return express.raw({ type: () => true, limit: evidenceBytesMax });
    case undefined: {
      if (!contract.body) return nothing;
      return express.json({ limit: contract.path.endsWith('/bulk') ? bulkBytesMax : jsonBytesMax, strict: true });
    }
  }
}
