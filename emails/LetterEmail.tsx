import { Body, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components';
import type { CSSProperties, ReactElement } from 'react';
import type { Letter, LetterPayment, LetterTable } from './letter';

/** The frame around every message: one column of 600 pixels, system fonts, no images and nothing loaded from elsewhere. */
export function LetterEmail({ letter }: { letter: Letter }): ReactElement {
  return (
    <Html lang={letter.lang} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{letter.subject}</title>
      </Head>
      <Preview>{letter.opening.join(' ')}</Preview>
      <Body style={styles.body}>
        <Container style={styles.container}>
          <Text style={styles.sender}>{letter.sender}</Text>
          <Section style={styles.card}>
            <Heading as="h1" style={styles.heading}>{letter.heading}</Heading>
            <Paragraphs of={[letter.greeting, ...letter.opening]} />
            <InvoiceTable table={letter.table} />
            {letter.payment && <Payment payment={letter.payment} />}
            <Paragraphs of={letter.closing} />
            {letter.questions && <Text style={styles.paragraph}>{letter.questions}</Text>}
            <Text style={styles.paragraph}>{letter.regards}<br />{letter.sender}</Text>
          </Section>
          {letter.footer.map((line) => <Text key={line} style={styles.footer}>{line}</Text>)}
        </Container>
      </Body>
    </Html>
  );
}

function Paragraphs({ of }: { of: readonly string[] }): ReactElement {
  return <>{of.map((text, index) => <Text key={index} style={styles.paragraph}>{text}</Text>)}</>;
}

function InvoiceTable({ table }: { table: LetterTable }): ReactElement {
  const { headings, rows, totals } = table;
  return (
    <table style={styles.table} cellPadding={0} cellSpacing={0}>
      <thead>
        <tr>
          <th scope="col" style={styles.th}>{headings.invoice}</th>
          <th scope="col" style={styles.th}>{headings.due}</th>
          <th scope="col" style={{ ...styles.th, ...styles.amount }}>{headings.open}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            <td style={{ ...styles.td, ...styles.number }}>{row.number}</td>
            <td style={styles.td}>
              {row.due}<br />
              <span style={{ ...styles.status, color: toneColors[row.tone] }}>{row.status}</span>
            </td>
            <td style={{ ...styles.td, ...styles.amount }}>{row.open}</td>
          </tr>
        ))}
        {totals.map(({ label, amount }, index) => (
          <tr key={`total-${index}`}>
            <th scope="row" colSpan={2} style={{ ...styles.td, ...styles.total, textAlign: 'left' }}>{label}</th>
            <td style={{ ...styles.td, ...styles.amount, ...styles.total }}>{amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Payment({ payment }: { payment: LetterPayment }): ReactElement {
  return (
    <Section style={styles.payment}>
      <Heading as="h2" style={styles.subheading}>{payment.heading}</Heading>
      {payment.facts.length > 0 && (
        <table cellPadding={0} cellSpacing={0} style={styles.facts}>
          <tbody>
            {payment.facts.map(({ label, value }, index) => (
              <tr key={index}>
                <th scope="row" style={styles.factLabel}>{label}</th>
                <td style={styles.factValue}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {payment.links.map(({ label, url }) => <Text key={url} style={styles.paymentLine}><Link href={url} style={styles.link}>{label}</Link></Text>)}
      {payment.notes.map((note) => <Text key={note} style={styles.paymentLine}>{note}</Text>)}
      <Hr style={styles.rule} />
    </Section>
  );
}

const fontFamily = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const toneColors: Record<LetterTable['rows'][number]['tone'], string> = { calm: '#4b5563', late: '#b42318', done: '#067647' };

const styles = {
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
  footer: { fontSize: '12px', lineHeight: '18px', color: '#6b7280', margin: '8px 0 0', padding: '0 4px', overflowWrap: 'anywhere' },
} satisfies Record<string, CSSProperties>;
