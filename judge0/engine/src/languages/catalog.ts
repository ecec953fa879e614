import { ARCHIVED } from './judge0-names.js';
import type { Language } from './language.js';

/** What the rest of the engine asks about languages. */
export interface LanguageCatalog {
  /** An installed or declared language; null for archived and unknown ids. */
  find: (id: number) => Language | null;
  isArchived: (id: number) => boolean;
  /** "Python (3.11.2)", also of archived ones; null for unknown ids. */
  nameOf: (id: number) => string | null;
  installed: () => Language[];
  declared: () => Language[];
  archived: () => { id: number; name: string }[];
}

/** A catalog over what was found on this machine. */
export function createCatalog(languages: Language[]): LanguageCatalog {
  const byId = new Map(languages.map((language) => [language.spec.id, language]));
  const archived = new Map(ARCHIVED);
  const sorted = [...languages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    find: (id) => byId.get(id) ?? null,
    isArchived: (id) => archived.has(id),
    nameOf: (id) => byId.get(id)?.name ?? archived.get(id) ?? null,
    installed: () => sorted.filter((language) => language.installed),
    declared: () => sorted,
    archived: () => [...archived].map(([id, name]) => ({ id, name })),
  };
}
