import { readEnvironment, type Environment } from '../config/environment';
import { withRunningInstallation } from '../config/runningInstallation';

/** The settings of a command: the environment, completed from a running `npm start` of this checkout. */
export function commandEnvironment(): Environment {
  return readEnvironment(withRunningInstallation(process.env));
}
