import type { FirstStart } from './firstStart';

export type Welcome = { consoleUrl: string; temporalUiUrl?: string; dataFolder: string; first: FirstStart; seconds: number; mail: string };

export function printWelcome({ consoleUrl, temporalUiUrl, dataFolder, first, seconds, mail }: Welcome): void {
  const lines = [
    '',
    `Dunwell runs, after ${seconds} s.`,
    '',
    `  Console       ${consoleUrl}`,
    ...(first.admin
      ? [`  Sign in as    ${first.admin.email}`, `  Password      ${first.admin.password}`, '                (shown only this once; change it in the console)']
      : ['  Sign in       as before; a lost password: npx dunwell user reset-password EMAIL']),
    `  API           ${consoleUrl}/api/v1, described at ${consoleUrl}/api/docs`,
    ...(temporalUiUrl ? [`  Temporal UI   ${temporalUiUrl}`] : []),
    `  Mail          ${mail}`,
    `  Data, logs    ${dataFolder}`,
    '',
    'Ctrl-C stops everything; the data stays.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
