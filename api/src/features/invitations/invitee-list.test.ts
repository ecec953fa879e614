import { describe, expect, test } from '@jest/globals';
import { assessInvitees, readInvitees, reportOf } from './invitee-list.js';

const courses = new Map([['intro', 'c1']]);
const outcomes = (text: string, known = {}) =>
  assessInvitees(readInvitees(text), known, courses).map(({ line, outcome, problems }) => [
    line,
    outcome,
    ...problems,
  ]);

describe('a list of people', () => {
  test('has its columns in any order, under several names', () => {
    expect(readInvitees('Role,Name,E-Mail\nteacher,Grace Hopper, GRACE@Example.org \n')).toEqual([
      {
        line: 2,
        email: 'grace@example.org',
        fullName: 'Grace Hopper',
        role: 'instructor',
        course: '',
        outcome: 'invite',
        problems: [],
      },
    ]);
  });

  test.each([
    ['commas', 'email,name,role,course\nada@example.org,"Lovelace, Ada",student,intro'],
    [
      'semicolons, as spreadsheets of many languages',
      'email;name;role;course\nada@example.org;Lovelace, Ada;;intro',
    ],
    [
      'tabs, as what is copied from a spreadsheet',
      'email\tname\trole\tcourse\nada@example.org\tLovelace, Ada\t\tintro',
    ],
    [
      'a byte order mark and Windows line ends',
      '\uFEFFemail,name,role,course\r\nada@example.org,"Lovelace, Ada",,intro\r\n',
    ],
    [
      'the line by which Excel names its delimiter',
      'sep=;\r\nE-Mail;Name;Rolle;Kurs\r\nada@example.org;Lovelace, Ada;;intro\r\n',
    ],
    ['the line ends of an old Mac', 'email;name;role;course\rada@example.org;Lovelace, Ada;;intro\r'],
    [
      'a quoted heading with the other delimiter in it',
      '"email";"name";"role";"course"\nada@example.org;"Lovelace, Ada";;intro',
    ],
    ['bars', 'email|name|role|course\nada@example.org|Lovelace, Ada||intro'],
    ['no heading', 'ada@example.org,"Lovelace, Ada",student,intro'],
  ])('is read with %s', (_what, text) => {
    expect(readInvitees(text)).toMatchObject([
      {
        email: 'ada@example.org',
        fullName: 'Lovelace, Ada',
        role: 'student',
        course: 'intro',
        outcome: 'invite',
      },
    ]);
  });

  test.each([
    [
      'German',
      'Nachname;Vorname;E-Mail-Adresse;Rolle',
      'Müller;Jörg;j@example.org;Lehrer',
      'Jörg Müller',
      'instructor',
    ],
    ['German, the short way', 'Name;Vorname;E-Mail', 'Müller;Jörg;j@example.org', 'Jörg Müller', 'student'],
    [
      'French',
      'Nom;Prénom;Adresse électronique;Rôle',
      'Lefèvre;Zoé;j@example.org;Élève',
      'Zoé Lefèvre',
      'student',
    ],
    [
      'Spanish',
      'Nombre;Apellidos;Correo electrónico;Rol',
      'Íñigo;Núñez;j@example.org;Profesora',
      'Íñigo Núñez',
      'instructor',
    ],
    [
      'English',
      'First name,Last name,Email address,Role',
      'Zoë,Ångström,j@example.org,Teacher',
      'Zoë Ångström',
      'instructor',
    ],
  ])('has %s headings', (_what, heading, row, fullName, role) => {
    expect(readInvitees(`${heading}\n${row}`)).toMatchObject([
      { line: 2, email: 'j@example.org', fullName, role, outcome: 'invite', problems: [] },
    ]);
  });

  test('counts its lines with the one that names the delimiter, and its open quotes', () => {
    expect(readInvitees('sep=,\nemail,name\nada@example.org,Ada')).toMatchObject([{ line: 3 }]);
    expect(() => readInvitees('sep=,\nemail\n"ada@example.org')).toThrow(/^Line 3 cannot be read/);
  });

  test('says which row is not readable, and takes the others', () => {
    expect(outcomes('email,name\na@example.org,M\uFFFDller\nb@example.org,Müller')).toEqual([
      [2, 'invalid', 'This row is not readable: save the list as “CSV UTF-8” and choose it again.'],
      [3, 'invite'],
    ]);
  });

  test('keeps a name in one form, whatever the machine wrote', () => {
    expect(readInvitees('email,name\na@example.org,\u00a0Jose\u0301 ')).toMatchObject([{ fullName: 'José' }]);
  });

  test('says line by line what is wrong, and counts empty lines and lines within quotes', () => {
    const text = [
      'email,name,role,course',
      'ada@example.org,"Ada',
      'Lovelace",student,intro',
      '',
      'not an address,Somebody,,',
      ',Nobody,,',
      'grace@example.org,Grace,owner,',
      'mary@example.org,Mary,,no-such-course',
      'joan@example.org,Joan,admin,intro',
      'ADA@example.org,Ada again,,',
    ].join('\n');
    expect(outcomes(text)).toEqual([
      [3, 'invite'],
      [5, 'invalid', 'This is not an e-mail address.'],
      [6, 'invalid', 'There is no e-mail address.'],
      [7, 'invalid', 'There is no role “owner”: use student, instructor or admin.'],
      [8, 'invalid', 'There is no course “no-such-course”.'],
      [9, 'invalid', 'Only students are enrolled in a course.'],
      [10, 'duplicate', 'The same address stands in line 3.'],
    ]);
  });

  test('knows who is there or invited already, and counts everything', () => {
    const known = {
      'a@example.org': 'member',
      'b@example.org': 'invited',
    } as const;
    const rows = assessInvitees(
      readInvitees('email\na@example.org\nb@example.org\nd@example.org\nx'),
      known,
      courses,
    );
    expect(reportOf(rows, true).counts).toEqual({
      invite: 1,
      invited: 1,
      member: 1,
      duplicate: 0,
      invalid: 1,
    });
  });

  test.each([
    ['nothing but a heading', 'email,name', 'There is nobody in this list.'],
    ['an open quote', 'email,name\nada@example.org,"Ada', /^Line \d+ cannot be read: check its quotes\.$/],
    [
      'no addresses at all',
      'name\nAda',
      'The first line names no column “email”, and no line begins with an address.',
    ],
    [
      'too many rows',
      `email\n${'a@example.org\n'.repeat(5001)}`,
      /^The list has 5001 rows, and 5000 go at a time/,
    ],
  ])('with %s is refused', (_what, text, message) => {
    expect(() => readInvitees(text)).toThrow(message);
  });
});
