import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Nothing but our own files runs in the console; messages are shown in frames that may run nothing at all. */
export function securityHeaders(production: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], connectSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'],
        // Mantine positions its elements with inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'self'"], frameSrc: ["'self'"],
        ...(production ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: production,
    xFrameOptions: { action: 'sameorigin' },
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** For an email that is shown as it was sent: images of its own or from the web, styles, and nothing else. */
export const messagePolicy = "sandbox allow-popups; default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'";
