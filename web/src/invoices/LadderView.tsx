import { ActionIcon, Anchor, Menu, Text } from '@mantine/core';
import { IconCheck, IconClock, IconDots, IconMinus, IconPlayerTrackNext, IconPlayerSkipForward, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { StateBadge } from '../app/StateBadge';
import { formatInstantIn } from '../format/dates';
import { firstCapital } from '../format/words';
import { useMay } from '../session/useMay';
import { ControlModal, type StepControlKind } from './ControlModal';
import classes from './LadderView.module.css';
import type { Invoice, Ladder, LadderStep } from './queries';
import { actionName, outcomeTones, stepStatuses } from './states';

interface Props {
  ladder: Ladder;
  invoice: Invoice;
}

/** Every step of the invoice's policy from first to last: what was done, what comes, and why anything was not. */
export function LadderView({ ladder, invoice }: Props) {
  const [asked, setAsked] = useState<{ kind: StepControlKind; step: string; title: string } | null>(null);
  const may = useMay();
  const controllable = may('control-collection') && invoice.collection?.state === 'active' && !invoice.collection.stopped;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {ladder.policy.title}, version {ladder.policy.version}. {nextSentence(ladder)}
      </Text>
      <ol className={classes.ladder}>
        {ladder.steps.map((step) => (
          <Rung
            key={step.step} step={step} zone={ladder.timeZone}
            onControl={controllable && isToCome(step) ? (kind) => setAsked({ kind, step: step.step, title: step.title }) : undefined}
          />
        ))}
      </ol>
      {asked && <ControlModal invoice={invoice} kind={asked.kind} step={asked} zone={ladder.timeZone} onClose={() => setAsked(null)} />}
    </>
  );
}

const isToCome = ({ status }: LadderStep): boolean => status === 'next' || status === 'upcoming' || status === 'deferred';

const outcomeSentences: Readonly<Record<string, string>> = {
  settled: 'Collection has ended: nothing is open any more. It goes on by itself if a payment is reversed.',
  exhausted: 'Collection has ended: every step has had its turn.',
  stopped: 'Collection was stopped by a person.',
  void: 'Collection has ended: the invoice is void.',
};

function nextSentence({ next, outcome, timeZone, steps }: Ladder): string {
  if (outcome) return outcomeSentences[outcome] ?? `Collection has ended: ${outcome}.`;
  if (!next) return 'Nothing more is planned.';
  const title = steps.find(({ step }) => step === next.step)?.title;
  if (!next.at) return `${firstCapital(next.why)}.`;
  return `Next: ${title ?? next.why}, ${formatInstantIn(next.at, timeZone)}.`;
}

interface RungProps {
  step: LadderStep;
  zone: string;
  onControl?: (kind: StepControlKind) => void;
}

function Rung({ step, zone, onControl }: RungProps) {
  const { label, tone } = stepStatuses[step.status];
  return (
    <li className={classes.rung} data-status={step.status}>
      <span className={classes.mark} aria-hidden><Mark status={step.status} /></span>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.title}>{step.title}</span>
          <StateBadge state={step.status} tone={tone} label={label} />
          <Text span size="xs" c="dimmed" className="tabular">{step.when}{step.plannedAt && ` · ${formatInstantIn(step.plannedAt, zone)}`}</Text>
          {onControl && <StepMenu title={step.title} onControl={onControl} />}
        </div>
        {saysMore(step) && <Text size="sm" c="dimmed">{step.why}</Text>}
        {step.actions.length > 0 && (
          <ul className={classes.actions}>
            {step.actions.map((each) => (
              <li key={`${each.action}/${each.occurrence}`}>
                <span className={classes.action}>{each.messageId ? <Anchor component={Link} to={`/messages/${each.messageId}`} size="sm">{actionName(each.action)}</Anchor> : actionName(each.action)}</span>
                {each.outcome && <StateBadge state={each.outcome} tone={outcomeTones[each.outcome]} />}
                <Text span size="xs" c="dimmed">{[each.reason, each.at && formatInstantIn(each.at, zone)].filter(Boolean).join(' · ')}</Text>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** Whether the step's own reason adds to its badge and to the reasons of its actions. */
function saysMore({ why, actions, step }: LadderStep): boolean {
  return why !== null && why !== `next is ${step}` && !actions.some(({ reason }) => reason === why);
}

function Mark({ status }: { status: LadderStep['status'] }) {
  if (status === 'done' || status === 'covered') return <IconCheck size={12} stroke={3} />;
  if (status === 'next') return <IconPlayerTrackNext size={12} />;
  if (status === 'deferred') return <IconClock size={12} />;
  if (status === 'upcoming') return null;
  return <IconMinus size={12} />;
}

function StepMenu({ title, onControl }: { title: string; onControl: (kind: StepControlKind) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon size="sm" aria-label={`What to do with ${title}`}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSend size={14} aria-hidden />} onClick={() => onControl('send-now')}>Run it now</Menu.Item>
        <Menu.Item leftSection={<IconPlayerSkipForward size={14} aria-hidden />} onClick={() => onControl('skip-step')}>Skip it</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
