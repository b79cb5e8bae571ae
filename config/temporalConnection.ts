import { EnvironmentError, type Environment } from './environment';

/** Fits both `Connection.connect` of @temporalio/client and `NativeConnection.connect` of @temporalio/worker. */
export type TemporalConnectionOptions = {
  address: string;
  apiKey?: string;
  tls?: boolean | { serverRootCACertificate?: Buffer; serverNameOverride?: string; clientCertPair?: { crt: Buffer; key: Buffer } };
};

/** How to reach Temporal: a local server, an own cluster with or without mutual TLS, or Temporal Cloud with an API key. */
export function temporalConnectionOptions({ address, apiKey, tls }: Pick<Environment['temporal'], 'address' | 'apiKey' | 'tls'>): TemporalConnectionOptions {
  if (tls === false) {
    if (apiKey !== undefined) throw new EnvironmentError('TEMPORAL_API_KEY needs TLS: the key would travel for everybody to read');
    return { address };
  }
  const { ca, cert, key, serverName } = tls;
  return {
    address,
    apiKey,
    tls: {
      serverRootCACertificate: ca,
      serverNameOverride: serverName,
      clientCertPair: cert && key ? { crt: cert, key } : undefined,
    },
  };
}
