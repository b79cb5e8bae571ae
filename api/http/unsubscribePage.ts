import { chooseLanguage } from '../../domain/templates/language';
import { Document } from './call';

interface Words {
  title: string;
  asks: string;
  goesOn: string;
  confirm: string;
  done: string;
}

const words: Readonly<Record<string, Words>> = {
  en: {
    title: 'Fewer emails', asks: 'Do you want no more statements, account summaries and campaigns at this address?', goesOn: 'Emails about single invoices go on.',
    confirm: 'Yes, stop them', done: 'Done: this address gets no more statements, account summaries and campaigns.',
  },
  de: {
    title: 'Weniger E-Mails', asks: 'Möchten Sie an diese Adresse keine Kontoauszüge, Übersichten und Kampagnen mehr bekommen?', goesOn: 'E-Mails zu einzelnen Rechnungen kommen weiterhin.',
    confirm: 'Ja, nicht mehr senden', done: 'Erledigt: An diese Adresse gehen keine Kontoauszüge, Übersichten und Kampagnen mehr.',
  },
  fr: {
    title: "Moins d'e-mails", asks: 'Voulez-vous ne plus recevoir de relevés, de récapitulatifs et de campagnes à cette adresse ?', goesOn: 'Les e-mails concernant une facture continuent.',
    confirm: 'Oui, ne plus en envoyer', done: "C'est fait : cette adresse ne reçoit plus de relevés, de récapitulatifs ni de campagnes.",
  },
  es: {
    title: 'Menos correos', asks: '¿Quiere dejar de recibir extractos, resúmenes y campañas en esta dirección?', goesOn: 'Los correos sobre facturas concretas continúan.',
    confirm: 'Sí, no enviar más', done: 'Hecho: esta dirección ya no recibe extractos, resúmenes ni campañas.',
  },
};

/** What a person sees who follows the link of a mail: it asks first, since programs follow links too; and then says that it is done. Holds nothing but words of our own. */
export function unsubscribePage(wanted: string, step: 'ask' | 'done'): Document {
  const language = chooseLanguage(wanted, Object.keys(words), 'en');
  const { title, asks, goesOn, confirm, done } = words[language] ?? words.en!;
  const inner = step === 'ask' ? `<p>${asks}</p><p>${goesOn}</p><form method="post"><button type="submit">${confirm}</button></form>` : `<p role="status">${done}</p><p>${goesOn}</p>`;
  const page = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${inner}</main></body></html>`;
  return new Document(page, 'text/html', {
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
  });
}

const style = ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;min-height:100vh;place-items:center}main{max-width:32rem;padding:1.5rem}h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1rem;border:1px solid;border-radius:4px;cursor:pointer}';
