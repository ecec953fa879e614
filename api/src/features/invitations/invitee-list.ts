import { CsvError, parse, type Info } from 'csv-parse/sync';
import { AppError } from '../../lib/app-error.js';
import { faultOfName } from '../auth/name-rule.js';
import { email as emailSchema, type Role } from '../auth/schema.js';
import {
  importHeadings,
  importMaxRows,
  type ImportOutcome,
  type ImportReport,
  type ImportRow,
} from './schema.js';

type Column = keyof typeof importHeadings;

/** The letters of a heading or a role: `E-Mail` is `email`, `Rôle` is `role`. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

const headings = new Map(
  Object.entries(importHeadings).flatMap(([column, names]) =>
    names.map((name) => [lettersOf(name), column as Column] as const),
  ),
);

const roleNames: Record<Role, string[]> = {
  student: [
    '',
    'student',
    'learner',
    'schueler',
    'schuler',
    'schulerin',
    'lernende',
    'eleve',
    'etudiant',
  ].concat(['etudiante', 'estudiante', 'alumno', 'alumna']),
  instructor: [
    'instructor',
    'teacher',
    'lehrer',
    'lehrerin',
    'lehrkraft',
    'enseignant',
    'enseignante',
  ].concat(['professeur', 'professeure', 'profesor', 'profesora', 'docente']),
  admin: ['admin', 'administrator', 'administratorin', 'administrateur', 'administratrice'].concat([
    'administrador',
    'administradora',
  ]),
};

const roleOf = (cell: string): Role | null => {
  const letters = cell === '' ? '' : lettersOf(cell) || '?';
  const found = Object.entries(roleNames).find(([, names]) => names.includes(letters));
  return (found?.[0] as Role | undefined) ?? null;
};

const unreadable = (message: string) =>
  new AppError('invalid_request', message, { errors: [{ path: 'csv', message }] });

interface Line {
  record: string[];
  info: Info;
}

/** Excel's first line where it names the delimiter, with what stands for it. */
const separatorLine = /^\uFEFF?"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)/i;

/** Spreadsheets write what their language separates by; what stands within quotes separates nothing. */
const delimiterOf = (text: string): string => {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r|\n/, 1);
  const counts = [',', ';', '\t', '|'].map(
    (delimiter) => [delimiter, first.split(delimiter).length] as const,
  );
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
};

const linesOf = (text: string): Line[] => {
  const [named, delimiter] = separatorLine.exec(text) ?? [];
  const skipped = named === undefined ? 0 : 1;
  const body = text.slice(named?.length ?? 0);
  try {
    const lines = parse(body, {
      bom: true,
      delimiter: delimiter ?? delimiterOf(body),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Line[];
    return lines.map(({ record, info }) => ({
      record: record.map((cell) => cell.normalize('NFC').trim()),
      info: { ...info, lines: info.lines + skipped },
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw unreadable(`Line ${Number(error['lines']) + skipped} cannot be read: check its quotes.`);
  }
};

const columnsOf = (first: string[]): (Column | undefined)[] | null => {
  const columns = first.map((cell) => headings.get(lettersOf(cell)));
  return columns.includes('email') ? columns : null;
};

const defaultColumns: Column[] = ['email', 'fullName', 'role', 'course'];

/** In many languages the column beside the given names is just called name, in others it holds them. */
const nameOf = (given: string, family: string, full: string): string => {
  const parts = given === '' ? [full, family] : [given, family || full];
  return parts.filter(Boolean).join(' ');
};

/** A row as it stands in the list; its outcome is `invite` unless the row itself is wrong. */
const toRow = ({ record, info }: Line, columns: (Column | undefined)[]): ImportRow => {
  const cell = (column: Column): string => record[columns.indexOf(column)] ?? '';
  // A cell of a spreadsheet may have two lines; a name has one.
  const name = nameOf(cell('givenName'), cell('familyName'), cell('fullName'));
  const fullName = name.replaceAll(/\s+/g, ' ');
  const address = emailSchema.safeParse(cell('email'));
  const role = roleOf(cell('role'));
  const problems: string[] = [];
  if (record.some((one) => one.includes('\uFFFD'))) {
    problems.push('This row is not readable: save the list as “CSV UTF-8” and choose it again.');
  }
  if (cell('email') === '') problems.push('There is no e-mail address.');
  else if (!address.success) problems.push('This is not an e-mail address.');
  if (fullName.length > 200) problems.push('The name is longer than 200 characters.');
  const fault = faultOfName(fullName);
  if (fault) problems.push(fault);
  if (!role) problems.push(`There is no role “${cell('role')}”: use student, instructor or admin.`);
  if (cell('course') && role && role !== 'student') problems.push('Only students are enrolled in a course.');
  return {
    line: info.lines,
    email: address.success ? address.data : cell('email').slice(0, 254),
    fullName: fullName.slice(0, 200),
    role,
    course: cell('course').slice(0, 100),
    outcome: problems.length > 0 ? 'invalid' : 'invite',
    problems,
  };
};

/**
 * The rows of a list of people: CSV with a heading (email, name, role, course in any order) or, without one, in that
 * order; as spreadsheets of any language separate it. Throws invalid_request when it cannot be read or is too long.
 */
export const readInvitees = (text: string): ImportRow[] => {
  const lines = linesOf(text);
  const columns = columnsOf(lines[0]?.record ?? []);
  const body = columns ? lines.slice(1) : lines;
  if (body.length === 0) throw unreadable('There is nobody in this list.');
  if (body.length > importMaxRows) {
    throw unreadable(
      `The list has ${body.length} rows, and ${importMaxRows} go at a time. Import it in several parts.`,
    );
  }
  if (!columns && !body.some(({ record }) => record[0]?.includes('@'))) {
    throw unreadable('The first line names no column “email”, and no line begins with an address.');
  }
  return body.map((line) => toRow(line, columns ?? defaultColumns));
};

/** What would become of each row, by what is known of the addresses and by the courses that there are. */
export const assessInvitees = (
  rows: ImportRow[],
  known: Record<string, ImportOutcome>,
  courses: ReadonlyMap<string, string>,
): ImportRow[] => {
  const lineOf = new Map<string, number>();
  return rows.map((row) => {
    if (row.outcome === 'invalid') return row;
    const before = lineOf.get(row.email);
    if (before !== undefined) {
      return { ...row, outcome: 'duplicate', problems: [`The same address stands in line ${before}.`] };
    }
    lineOf.set(row.email, row.line);
    if (row.course && !courses.has(row.course.toLowerCase())) {
      return { ...row, outcome: 'invalid', problems: [`There is no course “${row.course}”.`] };
    }
    return { ...row, outcome: known[row.email] ?? 'invite' };
  });
};

/** The report with the number of rows of each outcome. */
export const reportOf = (rows: ImportRow[], dryRun: boolean): ImportReport => {
  const counts = { invite: 0, invited: 0, member: 0, duplicate: 0, invalid: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return { dryRun, rows, counts };
};
