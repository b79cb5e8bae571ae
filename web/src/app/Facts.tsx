import { Fragment, type ReactNode } from 'react';
import classes from './Facts.module.css';

/** Names and values, in two columns that line up. Facts without a value are left out. */
export function Facts({ facts }: { facts: Readonly<Record<string, ReactNode>> }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(facts).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false).map(([name, value]) => (
        <Fragment key={name}><dt>{name}</dt><dd>{value}</dd></Fragment>
      ))}
    </dl>
  );
}
