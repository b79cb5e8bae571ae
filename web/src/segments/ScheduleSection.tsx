import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { scheduleQuery, useControlRun, useSetSchedule, type RunControl, type Segment, type SegmentSchedule } from './queries';
import { actionText } from './runActions';
import { RunPreviewSection } from './RunPreviewSection';
import { ScheduleModal } from './ScheduleModal';

/** What a segment does by itself: when, what, what the next run would do, and what those before came to. */
export function ScheduleSection({ segment }: { segment: Segment }) {
  const schedule = useQuery(scheduleQuery(segment.id));
  return (
    <Loaded query={schedule} lines={6}>
      {(loaded) => (
        <Stack gap="md">
          <Section title="Schedule" beside={<Badges schedule={loaded} />} actions={<Controls segment={segment} schedule={loaded} />}><Facts schedule={loaded} /></Section>
          {loaded.run && !segment.archived && <RunPreviewSection segmentId={segment.id} />}
          {loaded.run && <Section title="Runs"><Runs schedule={loaded} /></Section>}
        </Stack>
      )}
    </Loaded>
  );
}

function Badges({ schedule: { run, paused, skipNext } }: { schedule: SegmentSchedule }) {
  if (!run) return null;
  return <>{paused && <StateBadge state="paused" tone="warn" />}{skipNext && !paused && <StateBadge state="next run is skipped" tone="neutral" />}</>;
}

function Facts({ schedule: { run, cadence, consolidated, paused, nextRunAt } }: { schedule: SegmentSchedule }) {
  if (!run) return <EmptyState title="This segment does nothing by itself">Give it a schedule: it then writes to its customers at a cadence, once for all that they owe, or gives somebody a task.</EmptyState>;
  return (
    <Stack gap={4}>
      <Text size="sm"><Text span fw={500} tt="capitalize">{cadence?.slice(0, 1)}</Text><Text span fw={500}>{cadence?.slice(1)}</Text>{!paused && nextRunAt && <>. Next run: <Instant iso={nextRunAt} />.</>}</Text>
      <List size="sm" spacing={2}>{run.actions.map((action, index) => <List.Item key={index}>{actionText(action)}</List.Item>)}</List>
      <Text size="xs" c="dimmed">
        {run.actions.some(({ kind }) => kind === 'statement')
          ? `Tells of the whole account${run.when ? ', to those of whom its condition holds at the run' : ''}; it waits for no spacing, and counts in no cap.`
          : `${run.invoices.which === 'open' ? 'Lists all open invoices' : 'Lists overdue invoices'}${run.when ? ', to those of whom its condition holds at the run' : ''}; ${plural(run.minimumDaysBetween ?? 3, 'day')} between contacts at least.`}
        {consolidated && ' Its customers get no email about single invoices.'}
      </Text>
    </Stack>
  );
}

const questions: Readonly<Record<'run-now' | 'skip-next' | 'remove', { title: string; label: string; says: string }>> = {
  'run-now': { title: 'Run now', label: 'Run now', says: 'Every member is decided on now, and written to where the send window is open. The preview is of the next run on its own day: what only falls due by then is not listed yet. That run comes all the same.' },
  'skip-next': { title: 'Skip the next run', label: 'Skip it', says: 'The next run by the schedule is left out, and kept on record as skipped.' },
  remove: { title: 'Remove the schedule', label: 'Remove', says: 'The segment does nothing by itself any more. Reminders of single invoices go on for its customers. Its runs stay on record.' },
};

function Controls({ segment, schedule }: { segment: Segment; schedule: SegmentSchedule }) {
  const may = useMay();
  const control = useControlRun(segment.id);
  const set = useSetSchedule(segment.id);
  const [asked, setAsked] = useState<'edit' | keyof typeof questions | null>(null);
  const close = () => setAsked(null);
  if (!may('manage-segments') || segment.archived) return null;
  const { run, paused, skipNext } = schedule;
  const question = asked === null || asked === 'edit' ? null : questions[asked];
  // Not closing: whoever has resumed it may have opened a question before that is answered.
  const atOnce = (what: RunControl, done: string) => control.run(what, () => notifyDone(done));
  const confirmed = (what: RunControl, done: string) => control.run(what, () => { notifyDone(done); close(); });
  const confirm = () => {
    if (asked === 'run-now') confirmed(asked, 'It runs.');
    else if (asked === 'skip-next') confirmed(asked, 'The next run is skipped.');
    else set.run({ run: null, consolidated: false }, close);
  };
  return (
    <>
      {control.error && asked === null ? <ErrorState error={control.error} /> : null}
      {run && <Group gap={6}>
        <Button variant="default" size="xs" onClick={() => setAsked('remove')}>Remove</Button>
        {!paused && !skipNext && <Button variant="default" size="xs" onClick={() => setAsked('skip-next')}>Skip next</Button>}
        {paused
          ? <Button variant="default" size="xs" loading={control.pending} onClick={() => atOnce('resume', 'Resumed.')}>Resume</Button>
          : <Button variant="default" size="xs" loading={control.pending} onClick={() => atOnce('pause', 'Paused.')}>Pause</Button>}
        {!paused && <Button variant="default" size="xs" onClick={() => setAsked('run-now')}>Run now</Button>}
      </Group>}
      <Button size="xs" onClick={() => setAsked('edit')}>{run ? 'Edit schedule' : 'Make a schedule'}</Button>
      {asked === 'edit' && <ScheduleModal segmentId={segment.id} schedule={schedule} onClose={close} />}
      {question && (
        <ConfirmModal opened title={question.title} confirmLabel={question.label} danger={asked === 'remove'} pending={control.pending || set.pending} error={control.error ?? set.error} onConfirm={confirm} onClose={close}>
          <Text size="sm">{question.says}</Text>
        </ConfirmModal>
      )}
    </>
  );
}

/** Why each member was or was not written to in a run. */
const decisionsOf = (run: number, outcome?: string): string => `?show=schedule&run=${run}${outcome === undefined ? '' : `&outcome=${outcome}`}`;

function Counted({ count, to, label }: { count: number; to: string; label: string }) {
  return count === 0 ? <>0</> : <Anchor component={Link} size="sm" to={to} aria-label={label}>{count}</Anchor>;
}

function Runs({ schedule: { runs } }: { schedule: SegmentSchedule }) {
  return (
    <PlainTable
      label="Runs" rows={runs} rowKey={({ number }) => number} empty={<Text size="sm" c="dimmed">It has not run yet.</Text>}
      columns={[
        { heading: 'Run', align: 'right', render: ({ number }) => <Anchor component={Link} size="sm" to={decisionsOf(number)} aria-label={`Decisions of run ${number}`}>{number}</Anchor> },
        { heading: 'Planned for', render: ({ plannedAt }) => <Instant iso={plannedAt} short /> },
        { heading: 'State', render: ({ state }) => <StateBadge state={state} tone={state === 'running' ? 'warn' : state === 'done' ? 'good' : 'neutral'} /> },
        { heading: 'Done', align: 'right', render: ({ number, executed }) => <Counted count={executed} to={decisionsOf(number, 'executed')} label={`Done in run ${number}: ${executed}`} /> },
        { heading: 'Not done', align: 'right', render: ({ number, suppressed }) => <Counted count={suppressed} to={decisionsOf(number, 'suppressed')} label={`Not done in run ${number}: ${suppressed}`} /> },
        { heading: 'Waiting', align: 'right', render: ({ number, deferred }) => <Counted count={deferred} to={decisionsOf(number, 'deferred')} label={`Waiting in run ${number}: ${deferred}`} /> },
        { heading: 'Asked for by', grow: true, render: ({ askedBy }) => askedBy ?? 'the schedule' },
      ]}
    />
  );
}
