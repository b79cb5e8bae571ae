import { Fragment, type ReactNode } from 'react';
import classes from './Facts.module.css';

/** Names and values, in two columns that line up. Facts without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
        <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>
      ))}
    </dl>
  );
}
