// Line breaks and other control characters; marks that turn the direction of a text or stand for nothing; separators.
const unprintable = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const unprintables = new RegExp(unprintable.source, 'gu');

// What mail programs and chats make a link of: a scheme, or words joined by dots that end like a domain.
const webAddress = /[a-z][a-z0-9+.-]*:\/\/|[\p{L}\p{N}-]\.[\p{L}-]{2,}/iu;

/** Why a text is no name of a person, or null when it is one. */
export const faultOfName = (text: string): string | null => {
  if (unprintable.test(text)) {
    return 'A name has no line breaks or invisible characters. Type it again instead of pasting it.';
  }
  if (webAddress.test(text)) return 'A name has no web address in it. Put a space after each dot.';
  return null;
};

/** A name as it may stand in a mail, also one that is older than the rule: in one line, and no link comes of it. */
export const quotedName = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(unprintables, '')
    .replaceAll('://', ' ')
    .replaceAll(/\.(?=\S)/g, '. ')
    .trim();
