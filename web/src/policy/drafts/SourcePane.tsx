import { Text, Textarea } from '@mantine/core';
import { Section } from '../../app/Section';
import classes from './DraftPage.module.css';

/** The document itself: the form beside it writes into this text, and what is typed here shows there. `edit` null: it is only read. */
export function SourcePane({ text, edit }: { text: string; edit: ((text: string) => void) | null }) {
  return (
    <div className={classes.sticky}>
      <Section title="YAML" beside={edit && <Text size="xs" c="dimmed">the same document</Text>}>
        <Textarea aria-label="Policy as YAML" className={classes.source} minRows={20} maxRows={38} spellCheck={false} value={text} readOnly={edit === null} onChange={(event) => edit?.(event.currentTarget.value)} />
      </Section>
    </div>
  );
}
