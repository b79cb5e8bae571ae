export { importRows, type ImportOptions, type ImportProgress, type RowSource } from './importRows';
export { deleteMapping, listMappings, readMapping, saveMapping, type SavedMapping } from './mappings';
export { errorsMax, type ImportReport, type RowError } from './report';
