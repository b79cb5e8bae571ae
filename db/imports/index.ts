export { ImportEnded, importFiles, importRows, type ImportFile, type ImportManner, type ImportOptions, type ImportProgress, type RowSource } from './importRows';
export { endInterruptedImports, whileImporting } from './interrupted';
export { deleteMapping, listMappings, readMapping, saveMapping, type SavedMapping } from './mappings';
export { errorsMax, type ImportReport, type RowError } from './report';
export { createImportRun, finishImportRun, listImportRuns, noteImportProgress, readImportRun, startImportRun, type ImportRun, type NewImportRun } from './runs';
