export { recordPromise, withdrawPromise, type NewPromise, type PromiseResult } from './recordPromise';
export { readPromiseStandings, type RecordedPromise } from './standings';
