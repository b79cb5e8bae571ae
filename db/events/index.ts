export { recordEvents, recordSelectedEvents, type NewEvent } from './recordEvents';
