import { plainWords } from '../../../domain/reply/plainWords';
import { isConditional, saysUnpaid } from '../../../domain/reply/qualified';

describe('what says that something is not paid', () => {
  test.each([
    'This has not been paid yet.', 'The invoice hasn\'t been paid.', 'We won\'t be able to pay by Friday.', 'we cant pay it', 'We cannot pay by Friday.', 'We are unable to settle it.', 'It is still unpaid.', 'Die Rechnung ist noch nicht bezahlt.', 'Wir können nicht überweisen.', 'Wir haben keine Zahlung veranlasst.', 'Wir sind dazu nicht in der Lage.',
    'Nous n\'avons pas payé cette facture.', 'Elle n\'est jamais réglée.', 'Nous ne pouvons pas effectuer le virement.', 'No podemos pagar el viernes.', 'La factura no está pagada.', 'No ha sido pagada.',
  ])('%s', (text) => expect(saysUnpaid(plainWords(text))).toBe(true));
  test.each(['We paid it on Friday.', 'Not a problem. The payment was made.', 'Nicht vergessen. Wir haben bezahlt.', 'La facture est payée.', 'Ya está pagada.'])('not so: %s', (text) => expect(saysUnpaid(plainWords(text))).toBe(false));
});

describe('what hangs on something', () => {
  test.each([
    'If the board approves, we pay.', 'We would pay it on Friday, were it right.', 'Wir würden am 20.03. zahlen.', 'Nous paierions vendredi.', 'Pagaríamos el viernes.', 'Once you send the credit note we will pay.', 'We pay after you answer.', 'Subject to approval we pay.', 'Sobald Sie die Gutschrift senden, zahlen wir.', 'Falls es stimmt, zahlen wir.', 'Dès que vous aurez répondu, nous paierons.', 'Si vous confirmez, nous paierons.', 'Sous réserve de validation.',
    'En cuanto recibamos el abono, pagaremos.', 'Si nos envían el abono, pagaremos.', 'Cuando nos paguen, pagaremos.',
  ])('%s', (text) => expect(isConditional(plainWords(text))).toBe(true));
  test.each(['We will pay on Friday.', 'Wir zahlen am Freitag.', 'Nous paierons vendredi.', 'Sí, pagaremos el viernes.'])('not so: %s', (text) => expect(isConditional(plainWords(text))).toBe(false));
});
