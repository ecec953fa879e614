import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';

/** A folder of hand-written files that is read to its end: mistakes are noted, not thrown, so that all are seen at once. */
export interface SourceFolder {
  readonly mistakes: readonly string[];
  report(file: string, message: string): void;
  /** The file's text with one newline at its end; null, and a mistake, when it is missing or blank. */
  readText(file: string): Promise<string | null>;
  /** The file's data; null, and one mistake per bad field, when it does not fit the schema. */
  readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T | null>;
  /** Names in a folder, sorted, without hidden ones; none when it does not exist. */
  list(folder: string): Promise<string[]>;
}

/** Opens a folder; every path given to it later is relative to it and uses `/`. */
export const openSourceFolder = (directory: string): SourceFolder => {
  const mistakes: string[] = [];
  const report = (file: string, message: string): void => {
    mistakes.push(`${file}: ${message}`);
  };

  const readText = async (file: string): Promise<string | null> => {
    const text = await readFile(join(directory, file), 'utf8').catch(() => null);
    if (text === null) report(file, 'is missing');
    else if (text.trim() === '') report(file, 'is empty');
    else return `${text.trimEnd()}\n`;
    return null;
  };

  const readYaml = async <T>(file: string, schema: z.ZodType<T>): Promise<T | null> => {
    const text = await readText(file);
    if (text === null) return null;
    let data: unknown;
    try {
      data = parse(text);
    } catch (error) {
      report(file, `is not valid YAML: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
    const result = schema.safeParse(data);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const field = issue.path.join('.');
      report(file, field === '' ? issue.message : `${field}: ${issue.message}`);
    }
    return null;
  };

  const list = async (folder: string): Promise<string[]> => {
    const names = await readdir(join(directory, folder)).catch(() => []);
    return names.filter((name) => !name.startsWith('.')).sort();
  };

  return { mistakes, report, readText, readYaml, list };
};
