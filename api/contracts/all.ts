import { contractList } from '.';
import type { Contract } from './contract';
import { exportsOfLists } from './exports';

/** Every route of the API: those that are written down, and the files made of lists. */
export const routeList: readonly Contract[] = [...contractList, ...exportsOfLists.map(({ contract }) => contract)];
