import { Link } from 'react-router';
import classes from './Brand.module.css';

export function Brand() {
  return (
    <Link to="/" className={classes.brand}>
      <img src="/favicon.svg" alt="" width={22} height={22} />
      <span className={classes.name}>Dunwell</span>
    </Link>
  );
}
