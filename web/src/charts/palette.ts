/**
 * Chart colours that keep a contrast of 3 to the paper in both schemes. Aging runs from calm to alarming;
 * every chart has a table beside it that says the same in figures.
 */
export const agingColors: Readonly<Record<string, string>> = {
  'not-due': 'light-dark(#36898e, #4d9ea3)',
  '1-30': 'light-dark(#c08a12, #d9a836)',
  '31-60': 'light-dark(#d9730d, #e88f3c)',
  '61-90': 'light-dark(#c9502b, #e0734f)',
  '91-120': 'light-dark(#b3323a, #e0616a)',
  '120+': 'light-dark(#7d1f3f, #c2506f)',
};

export const actionColors = {
  emails: 'light-dark(#1f6f75, #4d9ea3)',
  segmentEmails: 'light-dark(#3d6fa8, #7fa9d8)',
  statements: 'light-dark(#6f7782, #a0a8b3)',
  tasks: 'light-dark(#c08a12, #d9a836)',
  holds: 'light-dark(#b3323a, #e0616a)',
  handoffs: 'light-dark(#6b3fa0, #a884d4)',
} as const;
