#!/usr/bin/env node
// The `dunwell` command. It runs the TypeScript sources as they are, so that a checkout needs no build step.
import('tsx').then(() => require('./dunwell.ts'));
