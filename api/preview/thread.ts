import { connect } from '../../db/connect';
import { workOutPreview } from './workOut';

/** What a preview's thread is given. */
export interface PreviewThreadData {
  databaseUrl: string;
  previewId: string;
}

/** A failure ends the thread with it, and whoever started the thread writes it down. */
export async function run({ databaseUrl, previewId }: PreviewThreadData): Promise<void> {
  const knex = connect(databaseUrl, { poolMax: 2 });
  try {
    await workOutPreview(knex, previewId);
  } finally {
    await knex.destroy();
  }
}
