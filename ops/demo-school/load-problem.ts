import {
  languages,
  problemSchema,
  referenceLanguageIds,
  requiredLanguageIds,
  solutionsSchema,
  testsSchema,
} from './schema.js';
import type { DemoProblem, LanguageId } from './schema.js';
import type { SourceFolder } from './source-folder.js';

const requiredSections = ['Input', 'Output', 'Constraints'];

const repeated = <T>(values: readonly T[]): T[] => [
  ...new Set(values.filter((value, position) => values.indexOf(value) !== position)),
];

const readStatement = async (source: SourceFolder, file: string): Promise<string | null> => {
  const statement = await source.readText(file);
  if (statement === null) return null;
  for (const section of requiredSections) {
    if (!statement.includes(`\n## ${section}\n`)) source.report(file, `has no section "## ${section}"`);
  }
  return statement;
};

const checkLanguages = (source: SourceFolder, file: string, languageIds: readonly LanguageId[]): void => {
  for (const id of requiredLanguageIds) {
    if (!languageIds.includes(id)) source.report(file, `languages: ${id} must be allowed`);
  }
  for (const id of repeated(languageIds)) source.report(file, `languages: ${id} stands there twice`);
};

const readStarters = async (
  source: SourceFolder,
  folder: string,
  languageIds: readonly LanguageId[],
): Promise<Record<string, string>> => {
  const starterCode: Record<string, string> = {};
  for (const id of languageIds) {
    const text = await source.readText(`${folder}/${languages[id].starter}`);
    if (text !== null) starterCode[id] = text;
  }
  const allowed: string[] = languageIds.map((id) => languages[id].starter);
  for (const name of await source.list(folder)) {
    if (!allowed.includes(name)) source.report(`${folder}/${name}`, 'is the starter of no allowed language');
  }
  return starterCode;
};

const readReferences = async (source: SourceFolder, folder: string): Promise<DemoProblem['references']> => {
  const references: DemoProblem['references'] = [];
  for (const languageId of referenceLanguageIds) {
    const text = await source.readText(`${folder}/reference${languages[languageId].extension}`);
    if (text !== null) references.push({ languageId, source: text });
  }
  return references;
};

const readWrongSolutions = async (
  source: SourceFolder,
  folder: string,
  languageIds: readonly LanguageId[],
): Promise<DemoProblem['wrong']> => {
  const listFile = `${folder}.yaml`;
  const list = await source.readYaml(listFile, solutionsSchema);
  if (list === null) return [];
  const wrong: DemoProblem['wrong'] = [];
  for (const [position, solution] of list.wrong.entries()) {
    const field = `wrong.${position}`;
    if (!languageIds.includes(solution.languageId)) {
      source.report(listFile, `${field}.languageId: the problem does not allow ${solution.languageId}`);
    }
    if (!solution.file.endsWith(languages[solution.languageId].extension)) {
      source.report(listFile, `${field}.file: ${solution.file} is not written in ${solution.languageId}`);
    }
    const text = await source.readText(`${folder}/${solution.file}`);
    if (text !== null) wrong.push({ ...solution, source: text });
  }
  const known = [
    ...referenceLanguageIds.map((id) => `reference${languages[id].extension}`),
    ...list.wrong.map(({ file }) => file),
  ];
  for (const name of await source.list(folder)) {
    if (!known.includes(name)) source.report(`${folder}/${name}`, 'is not named in solutions.yaml');
  }
  return wrong;
};

/** Reads one problem's folder; null, with the mistakes noted in `source`, when it is not complete. */
export const loadProblem = async (
  source: SourceFolder,
  folder: string,
  place: { slug: string; lessonSlug: string; position: number },
): Promise<DemoProblem | null> => {
  const settingsFile = `${folder}/problem.yaml`;
  const settings = await source.readYaml(settingsFile, problemSchema);
  const statement = await readStatement(source, `${folder}/statement.md`);
  const tests = await source.readYaml(`${folder}/tests.yaml`, testsSchema);
  const languageIds = settings?.languages ?? [];
  if (settings) checkLanguages(source, settingsFile, languageIds);
  const starterCode = settings ? await readStarters(source, `${folder}/starter`, languageIds) : {};
  const references = await readReferences(source, `${folder}/solutions`);
  const wrong = settings ? await readWrongSolutions(source, `${folder}/solutions`, languageIds) : [];

  const testPoints = tests?.reduce((sum, test) => sum + test.points, 0);
  if (settings && testPoints !== undefined && testPoints !== settings.points) {
    source.report(settingsFile, `points: is ${settings.points}, but the tests give ${testPoints} in all`);
  }
  if (settings === null || statement === null || tests === null) return null;
  const { languages: _allowed, ...described } = settings;
  return { ...place, ...described, statement, languageIds, starterCode, tests, references, wrong };
};
