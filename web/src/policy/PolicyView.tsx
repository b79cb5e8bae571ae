import { Text } from '@mantine/core';
import { Facts } from '../app/Facts';
import { ScrollRegion } from '../app/ScrollRegion';
import { Section } from '../app/Section';
import { formatInstant } from '../format/dates';
import { plural } from '../format/money';
import { PolicyLadder } from './PolicyLadder';
import classes from './PolicyView.module.css';
import type { PolicyDetail } from './queries';

/** The policy as people talk of it, and beside it the document as it was written. */
export function PolicyView({ policy }: { policy: PolicyDetail }) {
  return (
    <div className={classes.columns}>
      <div className={classes.left}>
        <Section title="Steps"><PolicyLadder steps={policy.steps} /></Section>
        <Section title="Rules of contact">
          <Facts facts={{
            Calendar: policy.calendar,
            Contact: policy.contact,
            Published: `${formatInstant(policy.publishedAt)}${policy.publishedBy ? ` by ${policy.publishedBy}` : ''}`,
            'In use': plural(policy.invoices, 'invoice'),
          }} />
        </Section>
      </div>
      <Section title="Source" beside={<Text size="xs" c="dimmed">as published, comments included</Text>}>
        <ScrollRegion label="Source of the policy" className={classes.source}><pre>{policy.source}</pre></ScrollRegion>
      </Section>
    </div>
  );
}
