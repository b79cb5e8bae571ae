import { Body, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components';
import type { ReactElement } from 'react';
import type { Letter, LetterPayment, LetterTable } from './letter';
import { Blocks } from './LetterBlocks';
import { styles, toneColors } from './letterStyles';

/** The frame around every message: one column of 600 pixels, system fonts, no images and nothing loaded from elsewhere. */
export function LetterEmail({ letter }: { letter: Letter }): ReactElement {
  return (
    <Html lang={letter.lang} dir={letter.direction}>
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{letter.subject}</title>
      </Head>
      <Preview>{letter.preview}</Preview>
      <Body style={styles.body}>
        <Container style={styles.container}>
          <Text style={styles.sender}>{letter.sender}</Text>
          <Section style={styles.card}>
            <Heading as="h1" style={styles.heading}>{letter.heading}</Heading>
            <Blocks of={letter.body} frame={{
              invoices: letter.table && <InvoiceTable table={letter.table} />,
              payment: letter.payment && <Payment payment={letter.payment} />,
            }} />
          </Section>
          {letter.footer.map((line) => <Text key={line} style={styles.footer}>{line}</Text>)}
        </Container>
      </Body>
    </Html>
  );
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
