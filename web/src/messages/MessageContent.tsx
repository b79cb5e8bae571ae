import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ScrollRegion } from '../app/ScrollRegion';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import classes from './MessagePage.module.css';
import { messageHtmlQuery, type Message } from './queries';

/** The message as its reader got it: the HTML in a frame without scripts, forms or origin, and the plain text. */
export function MessageContent({ message }: { message: Message }) {
  const html = useQuery({ ...messageHtmlQuery(message.id), enabled: message.hasHtml });
  return (
    <Section title="As sent">
      <Tabs defaultValue={message.hasHtml ? 'html' : 'text'} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="html">HTML</Tabs.Tab>
          <Tabs.Tab value="text">Plain text</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          {message.hasHtml
            ? <Loaded query={html}>{(source) => <iframe className={classes.frame} title="The message as sent" sandbox="" srcDoc={source} />}</Loaded>
            : <EmptyState title="Not rendered yet">The message is rendered once, just before it is handed over.</EmptyState>}
        </Tabs.Panel>
        <Tabs.Panel value="text">
          {message.bodyText ? <ScrollRegion label="Plain text"><pre className={classes.text}>{message.bodyText}</pre></ScrollRegion> : <EmptyState title="No plain text" />}
        </Tabs.Panel>
      </Tabs>
    </Section>
  );
}
