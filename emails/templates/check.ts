import { noCustomFields, templateFields, type CustomFieldTypes } from '../../domain/templates/fields';
import { templateBounds, type MessageTemplate, type TemplateText } from '../../domain/templates/types';
import { composeLetter } from '../letter';
import { parseLiquid } from './engine';
import { TemplateError, type TemplatePlace } from './errors';
import { sampleMessages } from './samples';
import { fieldProblems } from './walk';

/** What is wrong with a template, where, and in which of its languages. */
export interface TemplateProblem extends TemplatePlace {
  language: string;
  message: string;
}

const partChars: Readonly<Record<TemplatePlace['part'], number>> = { subject: templateBounds.subjectChars, heading: templateBounds.headingChars, body: templateBounds.bodyChars };
const parts = ['subject', 'heading', 'body'] as const;

/**
 * Everything that would keep a template from saying what it is to say: what is not Liquid, fields that do not exist or may be empty, links, HTML; and then it is
 * rendered for made-up messages of every shape. Empty when it can be published.
 */
export function checkTemplate(template: MessageTemplate, custom: CustomFieldTypes = noCustomFields): TemplateProblem[] {
  const tags = Object.keys(template.texts);
  if (!tags.includes(template.defaultLanguage)) return [{ language: template.defaultLanguage, part: 'body', line: null, column: null, message: 'there are no words in the default language' }];
  if (tags.length > templateBounds.languages) return [{ language: template.defaultLanguage, part: 'body', line: null, column: null, message: `there are more than ${templateBounds.languages} languages` }];
  return tags.flatMap((language) => {
    const text = template.texts[language];
    if (!text) return [];
    if (!isLanguageTag(language)) return [{ language, part: 'body' as const, line: null, column: null, message: `"${language}" is no language tag, as in de or pt-BR` }];
    const found = parts.flatMap((part) => partProblems(text, part, template, custom)).map((problem) => ({ language, ...problem }));
    return found.length > 0 ? found : sampleProblems(template, language, text, custom);
  });
}

function isLanguageTag(tag: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/.test(tag);
}

function partProblems(text: TemplateText, part: TemplatePlace['part'], { kind }: MessageTemplate, custom: CustomFieldTypes): Omit<TemplateProblem, 'language'>[] {
  const source = text[part];
  if (source.trim() === '') return [{ part, line: null, column: null, message: 'it is empty' }];
  if (source.length > partChars[part]) return [{ part, line: null, column: null, message: `it is longer than ${partChars[part]} characters` }];
  try {
    return fieldProblems(parseLiquid(source, part), templateFields(kind, custom)).map((problem) => ({ part, ...problem }));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [{ ...(error.place ?? { part, line: null, column: null }), message: error.message }];
  }
}

/** Only this language's words are looked at: the message is written to somebody who reads it. */
function sampleProblems(template: MessageTemplate, language: string, text: TemplateText, custom: CustomFieldTypes): TemplateProblem[] {
  const alone: MessageTemplate = { ...template, defaultLanguage: language, texts: { [language]: text } };
  for (const sample of sampleMessages(alone, language, custom)) {
    try {
      const { subject, body } = composeLetter(sample);
      if (subject === '') return [{ language, part: 'subject', line: null, column: null, message: 'it is empty for some messages' }];
      if (body.length === 0) return [{ language, part: 'body', line: null, column: null, message: 'it is empty for some messages' }];
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return [{ language, ...(error.place ?? { part: 'body' as const, line: null, column: null }), message: error.reason }];
    }
  }
  return [];
}
