import { contracts } from '.';
import type { Contract } from './contract';
import { exportsOfLists } from './exports';

/** Every route of the API: those that are written down, and the files made of lists. */
export const contractList: readonly Contract[] = [...Object.values(contracts), ...exportsOfLists.map(({ contract }) => contract)];
