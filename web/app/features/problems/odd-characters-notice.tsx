import { useMemo, useState } from 'react';
import { Button } from '~/components/button';
import { cleanText, countOddCharacters, findOddCharacters } from '~/components/code-editor-characters';

interface OddCharactersNoticeProps {
  code: string;
  onClean: (cleaned: string) => void;
}

/** Above the editor when the code holds characters that are invisible or look like others: which, and a way out. */
export function OddCharactersNotice({ code, onClean }: OddCharactersNoticeProps) {
  const found = useMemo(() => findOddCharacters(code), [code]);
  const [kept, setKept] = useState(0);
  const shown = found.length > kept;
  return (
    <div role="status">
      {shown && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-warn-soft px-3 py-1.5 text-sm">
          <p className="mr-auto">
            The code has characters that are invisible or look like others: {countOddCharacters(found)}. They
            are marked in the editor.
          </p>
          <Button type="button" look="secondary" size="small" onClick={() => onClean(cleanText(code))}>
            Replace them
          </Button>
          <Button type="button" look="quiet" size="small" onClick={() => setKept(found.length)}>
            Keep them
          </Button>
        </div>
      )}
    </div>
  );
}
