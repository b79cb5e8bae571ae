import type { CSSProperties } from 'react';
import type { LetterTable } from './letter';

const fontFamily = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const toneColors: Record<LetterTable['rows'][number]['tone'], string> = { calm: '#4b5563', late: '#b42318', done: '#067647' };

export const styles = {
  body: { backgroundColor: '#f3f4f6', margin: 0, padding: '24px 0', fontFamily, color: '#111827' },
  container: { maxWidth: '600px', width: '100%', margin: '0 auto', padding: '0 12px' },
  sender: { fontSize: '15px', fontWeight: 600, margin: '0 0 12px', padding: '0 4px', color: '#374151', overflowWrap: 'anywhere' },
  card: { backgroundColor: '#ffffff', border: '1px solid #e5e7eb', borderRadius: '8px', padding: '28px' },
  heading: { fontSize: '22px', lineHeight: '28px', fontWeight: 600, margin: '0 0 16px', overflowWrap: 'anywhere' },
  subheading: { fontSize: '15px', lineHeight: '20px', fontWeight: 600, margin: '0 0 8px' },
  paragraph: { fontSize: '15px', lineHeight: '23px', margin: '0 0 14px', overflowWrap: 'anywhere' },
  table: { width: '100%', borderCollapse: 'collapse', margin: '6px 0 22px' },
  th: { textAlign: 'left', fontSize: '12px', lineHeight: '16px', fontWeight: 600, color: '#6b7280', padding: '0 12px 6px 0', borderBottom: '1px solid #d1d5db' },
  td: { fontSize: '14px', lineHeight: '20px', padding: '9px 12px 9px 0', borderBottom: '1px solid #e5e7eb', verticalAlign: 'top' },
  number: { fontWeight: 600, overflowWrap: 'anywhere' },
  status: { fontSize: '13px' },
  amount: { textAlign: 'right', paddingRight: 0, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  total: { fontWeight: 600, borderBottom: 'none', paddingTop: '8px', paddingBottom: 0 },
  payment: { margin: '0 0 14px' },
  facts: { borderCollapse: 'collapse', margin: '0 0 8px' },
  factLabel: { textAlign: 'left', fontWeight: 400, fontSize: '14px', lineHeight: '22px', color: '#6b7280', padding: '0 16px 0 0', verticalAlign: 'top', whiteSpace: 'nowrap' },
  factValue: { fontSize: '14px', lineHeight: '22px', overflowWrap: 'anywhere' },
  paymentLine: { fontSize: '14px', lineHeight: '22px', margin: '0 0 6px', overflowWrap: 'anywhere' },
  link: { color: '#1d4ed8', textDecoration: 'underline' },
  rule: { borderColor: '#e5e7eb', margin: '14px 0 0' },
  list: { margin: '0 0 14px', padding: '0 0 0 22px', fontSize: '15px', lineHeight: '23px' },
  item: { margin: '0 0 4px' },
  itemText: { fontSize: '15px', lineHeight: '23px', margin: 0, overflowWrap: 'anywhere' },
  quote: { margin: '0 0 14px', padding: '2px 0 2px 14px', borderLeft: '3px solid #d1d5db' },
  cell: { fontSize: '14px', lineHeight: '20px', padding: '7px 12px 7px 0', borderBottom: '1px solid #e5e7eb', verticalAlign: 'top', overflowWrap: 'anywhere' },
  footer: { fontSize: '12px', lineHeight: '18px', color: '#6b7280', margin: '8px 0 0', padding: '0 4px', overflowWrap: 'anywhere' },
} satisfies Record<string, CSSProperties>;
