/** A character that is invisible or looks like another one, and what would be typed in its place. */
export interface OddCharacter {
  from: number;
  to: number;
  /** "no-break space" */
  name: string;
  replacement: string;
  /** True when nothing of it can be seen. */
  invisible: boolean;
}

type Kind = Pick<OddCharacter, 'name' | 'replacement' | 'invisible'>;

const kind = (name: string, replacement: string, invisible = false): Kind => ({
  name,
  replacement,
  invisible,
});

const kinds: [characters: string, Kind][] = [
  ['\u200b\u2060\ufeff', kind('zero-width space', '', true)],
  ['\u200c\u200d', kind('zero-width joiner', '', true)],
  ['\u00ad', kind('soft hyphen', '', true)],
  [
    '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
    kind('text direction mark', '', true),
  ],
  ['\u00a0\u202f\u2007', kind('no-break space', ' ', true)],
  ['\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000', kind('wide space', ' ', true)],
  ['\u2028\u2029\u0085', kind('line separator', '\n', true)],
  ['\u201c\u201d\u201e\u201f\u2033', kind('curly quote', '"')],
  ['\u2018\u2019\u201a\u201b\u2032\u00b4', kind('curly quote', "'")],
  ['\u2010\u2011\u2012\u2013\u2014\u2212', kind('long dash', '-')],
  ['\u037e', kind('Greek question mark', ';')],
];

const byCharacter = new Map(
  kinds.flatMap(([characters, made]) => [...characters].map((one) => [one, made] as const)),
);

/** Letters of other alphabets that look like Latin ones. */
const lookAlikes = new Map(
  [...'АВЕКМНОРСТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'].map(
    (letter, at) => [letter, 'ABEKMHOPCTXaeopcyxijsABEZHIKMNOPTYXo'[at] ?? letter] as const,
  ),
);

const listed = [...byCharacter.keys()].join('');
const odd = new RegExp(`[${listed}\uff01-\uff5e]|[\\p{L}\\p{N}_]+`, 'gu');
const suspicious = new RegExp(`[${listed}\uff01-\uff5e${[...lookAlikes.keys()].join('')}]`, 'u');

/** A joiner within an emoji or a script that is written with it belongs there. */
const belongsThere = (text: string, at: number): boolean =>
  /[\u200c\u200d]/.test(text[at] ?? '') &&
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|[^\p{Script=Latin}\P{L}]|\p{M})$/u.test(
    text.slice(0, at),
  );

/** In a word that has Latin letters, those that only look like them. A word of another alphabet is left alone. */
const inWord = (word: string, start: number): OddCharacter[] => {
  if (!/[a-z]/i.test(word)) return [];
  return [...word.matchAll(/./gsu)].flatMap(({ 0: letter, index }) => {
    const replacement = lookAlikes.get(letter);
    if (replacement === undefined) return [];
    const from = start + index;
    return [{ from, to: from + letter.length, name: 'look-alike letter', replacement, invisible: false }];
  });
};

/** All characters of `text` that are invisible or look like others, in order. */
export const findOddCharacters = (text: string): OddCharacter[] => {
  if (!suspicious.test(text)) return [];
  return [...text.matchAll(odd)].flatMap(({ 0: found, index }) => {
    const made = byCharacter.get(found);
    if (made) {
      return belongsThere(text, index) ? [] : [{ ...made, from: index, to: index + found.length }];
    }
    if (/^[\uff01-\uff5e]$/u.test(found)) {
      const replacement = found.normalize('NFKC');
      return [{ from: index, to: index + 1, name: 'full-width character', replacement, invisible: false }];
    }
    return inWord(found, index);
  });
};

/** The text with what would be typed in the place of each odd character. */
export const cleanText = (text: string): string => {
  let cleaned = '';
  let at = 0;
  for (const { from, to, replacement } of findOddCharacters(text)) {
    cleaned += text.slice(at, from) + replacement;
    at = to;
  }
  return cleaned + text.slice(at);
};

/** "2 no-break spaces, 1 curly quote" */
export const countOddCharacters = (found: readonly OddCharacter[]): string => {
  const counts = new Map<string, number>();
  for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  const plural = (name: string) => (name.endsWith('sh') ? `${name}es` : `${name}s`);
  return [...counts].map(([name, count]) => `${count} ${count === 1 ? name : plural(name)}`).join(', ');
};
