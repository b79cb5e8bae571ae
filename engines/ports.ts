import { createServer } from 'node:net';
import { EngineError } from './engineError';

const loopback = '127.0.0.1';

/** True if nothing listens on this loopback port at the moment. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, loopback, () => server.close(() => resolve(true)));
  });
}

/** A port that is free now: `preferred` or one of the next few, else one that the system chooses. */
export async function findFreePort(preferred?: number): Promise<number> {
  const neighboursMax = 20;
  if (preferred !== undefined) {
    for (let port = preferred; port < preferred + neighboursMax; port++) if (await isPortFree(port)) return port;
  }
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, loopback, () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new EngineError('The system gave no free port.'))));
    });
  });
}

/** The port that was asked for, or an error that says which one is taken. */
export async function claimPort(port: number, forWhat: string): Promise<number> {
  if (await isPortFree(port)) return port;
  throw new EngineError(`Port ${port}, asked for ${forWhat}, is in use. Stop what listens there, or name another port.`);
}
