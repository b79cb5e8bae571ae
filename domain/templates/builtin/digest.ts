import type { BuiltinTemplate } from './index';
import type { TemplateText } from '../types';

function digest(about: string, where: string): TemplateText {
  return {
    subject: '{{ notice.title }}', heading: '{{ notice.title }}',
    body: `${about}\n\n{% for item in notice.items %}\n- **{{ item.title }}**{% if item.customer %} · {{ item.customer }}{% endif %}{% if item.url %} · [${where}]({{ item.url }}){% endif %}\n{% endfor %}\n\n{% if notice.text %}\n{{ notice.text }}\n{% endif %}\n`,
  };
}

/** A list of notices to one person: migration 0210 stores it, where nobody has made a template of that name. Its words never change. */
export const digestTemplate: BuiltinTemplate = {
  name: 'internal-digest', title: 'List of notices to a colleague', kind: 'internal', version: 1, defaultLanguage: 'en',
  texts: {
    en: digest('This is waiting for you, or has happened to what is yours:', 'Open'), de: digest('Das wartet auf Sie oder ist mit dem geschehen, was Ihres ist:', 'Öffnen'),
    fr: digest('Voici ce qui vous attend ou concerne ce qui vous est confié :', 'Ouvrir'), es: digest('Esto le espera o ha ocurrido con lo que tiene a su cargo:', 'Abrir'),
  },
};
