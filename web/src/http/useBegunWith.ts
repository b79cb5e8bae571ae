import { useState } from 'react';

/**
 * What a form was begun with. The page behind it is read afresh at any time, and with it the version that a save is checked against:
 * by that one the form would overwrite, unseen, what another has written meanwhile.
 */
export function useBegunWith<Value>(value: Value): Value {
  return useState(value)[0];
}
