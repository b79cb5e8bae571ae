import type { Language } from '../locale';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import type { Wording } from './types';

export const wordings: Readonly<Record<Language, Wording>> = { en, de, fr, es };
