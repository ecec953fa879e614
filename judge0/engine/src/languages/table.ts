import type { LanguageSpec } from './language.js';
import { MANAGED_LANGUAGES } from './managed-languages.js';
import { NATIVE_LANGUAGES } from './native-languages.js';
import { SCRIPT_LANGUAGES } from './script-languages.js';

/** Every language that the engine can run, by Judge0's ids. A new one is an entry there and its samples in samples.ts. */
export const LANGUAGES: LanguageSpec[] = [...NATIVE_LANGUAGES, ...SCRIPT_LANGUAGES, ...MANAGED_LANGUAGES];
