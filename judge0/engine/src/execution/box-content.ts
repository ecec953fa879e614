import type { Settings } from '../config.js';
import type { Language } from '../languages/language.js';
import type { BoxFile } from '../sandbox/types.js';
import type { SubmissionRequest } from '../submissions/submission.js';
import { extractAdditionalFiles } from './additional-files.js';
import { compileScript } from './scripts.js';

/** Where the tar of a submission's own files lies until the box unpacks it. */
const FILES_ARCHIVE = '/judge-files.tar';

/** What a submission brings into its boxes besides source and run script. */
export interface BoxContent {
  archive: { path: string; data: Buffer } | null;
  /** Whether there is something to compile, and the script unless the archive holds it. */
  compiles: boolean;
  compileScript: string | null;
  problem: string | null;
}

/** Reads the additional files and decides how to compile; a multi-file program brings its scripts itself. */
export async function boxContent(
  settings: Settings,
  request: SubmissionRequest,
  language: Language,
): Promise<BoxContent> {
  const none = { archive: null, paths: [] as string[], problem: null };
  const { archive, paths, problem } = request.additionalFiles
    ? await extractAdditionalFiles(request.additionalFiles, settings.MAX_EXTRACT_SIZE)
    : none;
  const script = compileScript(language, request.compilerOptions);
  return {
    archive: archive ? { path: FILES_ARCHIVE, data: archive } : null,
    compiles: script !== null || (bringsScripts(language) && paths.includes('compile')),
    compileScript: script,
    problem,
  };
}

/** A multi-file program has no source file of the engine's making. */
export function bringsScripts(language: Language): boolean {
  return language.spec.sourceFile === null;
}

export function sourceFiles(request: SubmissionRequest, language: Language): BoxFile[] {
  const { sourceFile } = language.spec;
  return sourceFile ? [{ path: `/box/${sourceFile}`, data: request.sourceCode ?? Buffer.alloc(0) }] : [];
}

export function archiveFiles(content: BoxContent): BoxFile[] {
  return content.archive ? [content.archive] : [];
}
