export { recordPromise, recordPromises, withdrawPromise, type NewPromise, type PromiseResult } from './recordPromise';
export { readPromiseStandings, type RecordedPromise } from './standings';
