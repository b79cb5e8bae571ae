import { ActionIcon, Badge, Box, Button, Group, Loader, Menu, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClock, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays, formatInstant } from '../format/dates';
import { useMay } from '../session/useMay';
import classes from './ClockControl.module.css';
import { clockQuery, useAdvance, usePause, usePlay, useRefreshAsTimeMoves, type Clock } from './queries';

const dayMs = 24 * 60 * 60 * 1000;
const speeds = [
  { hoursPerSecond: 6, label: '6 hours a second' },
  { hoursPerSecond: 24, label: 'A day a second' },
  { hoursPerSecond: 24 * 7, label: 'A week a second' },
] as const;

/** Virtual time, where the deployment runs on it; on real time there is nothing to control and nothing is shown. */
export function ClockControl() {
  const { data: clock } = useQuery(clockQuery);
  useRefreshAsTimeMoves(clock);
  const may = useMay();
  if (!clock || clock.mode === 'real') return null;
  return (
    <div className={classes.clock} role="group" aria-label="Sandbox clock">
      <Tooltip label="This installation runs on virtual time">
        <span className={classes.now}><IconClock className={classes.sign} size={14} aria-hidden /><time dateTime={clock.now}>{formatInstant(clock.now)}</time></span>
      </Tooltip>
      {clock.advancing && (
        <Tooltip label={clock.waitingFor.length > 0 ? `Waits for ${clock.waitingFor.join(', ')}` : 'On its way'}>
          <Loader size={12} className="appear-late" aria-label={clock.waitingFor.length > 0 ? `Advancing, waits for ${clock.waitingFor.join(', ')}` : 'Advancing'} />
        </Tooltip>
      )}
      {may('move-clock') && <Controls clock={clock} />}
    </div>
  );
}

function Controls({ clock }: { clock: Clock }) {
  const advance = useAdvance();
  const play = usePlay();
  const pause = usePause();
  const playing = clock.playHoursPerSecond !== null;
  const busy = clock.advancing || advance.pending;
  const forward = (days: number) => advance.run(new Date(Date.parse(clock.now) + days * dayMs).toISOString());
  return (
    <Group gap={2} wrap="nowrap">
      <Button size="compact-xs" variant="subtle" disabled={busy || playing} onClick={() => forward(1)} aria-label="Advance one day" visibleFrom="sm">+1 day</Button>
      <Button size="compact-xs" variant="subtle" disabled={busy || playing} onClick={() => forward(7)} aria-label="Advance one week" visibleFrom="sm">+1 week</Button>
      <AdvanceTo clock={clock} disabled={busy || playing} onAdvance={advance.run} />
      {playing || clock.advancing
        ? <ActionIcon size="sm" aria-label="Pause the clock" onClick={() => pause.run()} loading={pause.pending}><IconPlayerPause size={14} aria-hidden /></ActionIcon>
        : <PlayMenu onPlay={play.run} onForward={forward} />}
      {playing && <Badge size="xs" variant="light" visibleFrom="lg">{clock.playHoursPerSecond} h/s</Badge>}
    </Group>
  );
}

/** On a phone it holds what there is no room for beside it. */
function PlayMenu({ onPlay, onForward }: { onPlay: (hoursPerSecond: number) => void; onForward: (days: number) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon size="sm" aria-label="Play"><IconPlayerPlay size={14} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Box hiddenFrom="sm">
          <Menu.Item onClick={() => onForward(1)}>Advance one day</Menu.Item>
          <Menu.Item onClick={() => onForward(7)}>Advance one week</Menu.Item>
        </Box>
        <Menu.Label>Let time run</Menu.Label>
        {speeds.map((speed) => <Menu.Item key={speed.hoursPerSecond} onClick={() => onPlay(speed.hoursPerSecond)}>{speed.label}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

function AdvanceTo({ clock, disabled, onAdvance }: { clock: Clock; disabled: boolean; onAdvance: (to: string) => void }) {
  const [opened, { close, toggle }] = useDisclosure(false);
  const tomorrow = addDays(clock.now.slice(0, 10), 1);
  const [date, setDate] = useState('');
  return (
    <Popover opened={opened} onChange={(open) => { if (!open) close(); }} position="bottom-end" trapFocus>
      <Popover.Target><Button size="compact-xs" variant="subtle" disabled={disabled} onClick={toggle} visibleFrom="sm">To date</Button></Popover.Target>
      <Popover.Dropdown aria-label="Advance to a date">
        <form onSubmit={(event) => { event.preventDefault(); onAdvance(`${date}T00:00:00.000Z`); close(); }}>
          <Stack gap="xs">
            <TextInput type="date" label="Advance to" min={tomorrow} required value={date} onChange={(event) => setDate(event.currentTarget.value)} />
            <Text size="xs" c="dimmed" maw={220}>Every milestone on the way is stepped through in order.</Text>
            <Button type="submit" disabled={date < tomorrow}>Advance</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
