import type { Knex } from 'knex';

/** A reply changes how long ago the customer last wrote back, on which a segment's condition may hang: also one that a person finds the customer of. What came by itself is none. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION replies_change_segments() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO segment_changes (customer_id) VALUES (NEW.customer_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER replies_came AFTER INSERT ON replies FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL AND NEW.automatic IS NULL) EXECUTE FUNCTION replies_change_segments();
    CREATE TRIGGER replies_attached AFTER UPDATE OF customer_id ON replies FOR EACH ROW
      WHEN (NEW.customer_id IS NOT NULL AND NEW.automatic IS NULL AND NEW.customer_id IS DISTINCT FROM OLD.customer_id) EXECUTE FUNCTION replies_change_segments();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TRIGGER replies_came ON replies; DROP TRIGGER replies_attached ON replies; DROP FUNCTION replies_change_segments');
}
