import { NavLink, Text } from '@mantine/core';
import { NavLink as RouteLink } from 'react-router';
import { useMay } from '../session/useMay';
import { destinations, type Destination } from './destinations';
import classes from './Navigation.module.css';

export function Navigation({ onLeave }: { onLeave: () => void }) {
  const may = useMay();
  const offered = destinations.filter((each) => !each.needs || may(each.needs));
  const groups = [...new Set(offered.map((each) => each.group))];
  return groups.map((group) => (
    <div key={group} className={classes.group}>
      {group && <Text size="xs" c="dimmed" px={10} pb={2}>{group}</Text>}
      {offered.filter((each) => each.group === group).map((each) => <Entry key={each.to} destination={each} onLeave={onLeave} />)}
    </div>
  ));
}

function Entry({ destination: { to, label, Icon }, onLeave }: { destination: Destination; onLeave: () => void }) {
  return (
    <NavLink
      component={RouteLink}
      to={to}
      end={to === '/'}
      onClick={onLeave}
      label={label}
      leftSection={<Icon size={16} aria-hidden stroke={1.7} />}
      className={classes.entry}
    />
  );
}
