import { loadProblem } from './load-problem.js';
import { courseSchema, schoolSchema } from './schema.js';
import type { DemoCourse, DemoLesson, DemoProblem, DemoSchool } from './schema.js';
import { openSourceFolder } from './source-folder.js';
import type { SourceFolder } from './source-folder.js';

/** Thrown with every mistake found in the demo school's files, each as `file: field: what is wrong`. */
export class DemoSchoolError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`The demo school's files have ${mistakes.length} mistake(s):\n- ${mistakes.join('\n- ')}`);
    this.name = 'DemoSchoolError';
  }
}

const reportRepeated = (source: SourceFolder, file: string, what: string, values: string[]): void => {
  const again = new Set(values.filter((value, position) => values.indexOf(value) !== position));
  for (const value of again) source.report(file, `${what}: "${value}" stands there twice`);
};

const reportUnused = async (
  source: SourceFolder,
  folder: string,
  suffix: string,
  used: string[],
): Promise<void> => {
  for (const name of await source.list(folder)) {
    if (!used.some((slug) => `${slug}${suffix}` === name)) {
      source.report(`${folder}/${name}`, 'is not named in course.yaml');
    }
  }
};

const loadCourse = async (source: SourceFolder, folderName: string): Promise<DemoCourse | null> => {
  const folder = `courses/${folderName}`;
  const file = `${folder}/course.yaml`;
  const course = await source.readYaml(file, courseSchema);
  if (course === null) return null;
  if (course.slug !== folderName) source.report(file, `slug: must be the folder's name, "${folderName}"`);

  const lessonSlugs = course.lessons.map((lesson) => lesson.slug);
  const problemSlugs = course.lessons.flatMap((lesson) => lesson.problems);
  reportRepeated(source, file, 'lessons', lessonSlugs);
  reportRepeated(source, file, 'problems', problemSlugs);
  await reportUnused(source, `${folder}/lessons`, '.md', lessonSlugs);
  await reportUnused(source, `${folder}/problems`, '', problemSlugs);

  const problemFolders = await source.list(`${folder}/problems`);
  const lessons: DemoLesson[] = [];
  const problems: DemoProblem[] = [];
  for (const [lessonPlace, lesson] of course.lessons.entries()) {
    const body = await source.readText(`${folder}/lessons/${lesson.slug}.md`);
    lessons.push({ slug: lesson.slug, title: lesson.title, position: lessonPlace + 1, body: body ?? '' });
    for (const [place, slug] of lesson.problems.entries()) {
      if (!problemFolders.includes(slug)) {
        source.report(file, `lessons.${lessonPlace}.problems.${place}: there is no folder problems/${slug}`);
        continue;
      }
      const position = place + 1;
      const problemPlace = { slug, lessonSlug: lesson.slug, position };
      const problem = await loadProblem(source, `${folder}/problems/${slug}`, problemPlace);
      if (problem) problems.push(problem);
    }
  }
  return { ...course, lessons, problems };
};

const reportRepeatedAcrossCourses = (source: SourceFolder, courses: DemoCourse[]): void => {
  const codes = courses.map((course) => course.enrolmentCode);
  const slugs = courses.flatMap((course) => [...new Set(course.problems.map((problem) => problem.slug))]);
  reportRepeated(source, 'courses', 'enrolmentCode', codes);
  reportRepeated(source, 'courses', 'problem in two courses', slugs);
};

/**
 * Reads and checks the demo school's files.
 * @param directory the folder with `school.yaml`; without it, the one this module stands in
 * @throws DemoSchoolError naming every mistake in every file
 */
export const loadDemoSchool = async (directory: string = import.meta.dirname): Promise<DemoSchool> => {
  const source = openSourceFolder(directory);
  const school = await source.readYaml('school.yaml', schoolSchema);
  const emails = school?.accounts.map((account) => account.email.toLowerCase()) ?? [];
  reportRepeated(source, 'school.yaml', 'accounts', emails);

  const courses: DemoCourse[] = [];
  const folderNames = await source.list('courses');
  if (folderNames.length === 0) source.report('courses', 'has no course');
  for (const folderName of folderNames) {
    const course = await loadCourse(source, folderName);
    if (course) courses.push(course);
  }
  reportRepeatedAcrossCourses(source, courses);

  if (school === null || source.mistakes.length > 0) throw new DemoSchoolError(source.mistakes);
  return { ...school, courses };
};
