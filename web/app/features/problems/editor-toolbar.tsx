import type { ProblemLanguage } from '@coding-platform/api/schema/problems';
import type { ReactNode } from 'react';
import { Button } from '~/components/button';

interface EditorToolbarProps {
  form: string;
  languages: ProblemLanguage[];
  languageId: number;
  onLanguage: (id: number) => void;
  /** The draft's state. */
  status: ReactNode;
  scripted: boolean;
  onReset: () => void;
  onSettings: () => void;
  onKeys: () => void;
  /** Run and submit. */
  children: ReactNode;
}

function LanguageSelect({ form, languages, languageId, onLanguage }: EditorToolbarProps) {
  return (
    <>
      <label className="sr-only" htmlFor="language">
        Language
      </label>
      <select
        id="language"
        name="languageId"
        form={form}
        value={languageId}
        onChange={(event) => onLanguage(Number(event.target.value))}
        title={languages.find((language) => language.id === languageId)?.version ?? undefined}
        className="min-h-8 max-w-40 rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        {languages.map((language) => (
          <option key={language.id} value={language.id}>
            {language.available ? language.name : `${language.name} (not on this server)`}
          </option>
        ))}
      </select>
    </>
  );
}

/** What only a form without script needs: it cannot see a change of the language, nor save by itself. */
function WithoutScript({ form }: { form: string }) {
  return (
    <noscript>
      <Button form={form} name="intent" value="switch" look="quiet" size="small">
        Change language
      </Button>
      <Button form={form} name="intent" value="save" look="quiet" size="small">
        Save
      </Button>
    </noscript>
  );
}

/** Above the editor: language, draft, tools, and the two buttons that matter. */
export function EditorToolbar(props: EditorToolbarProps) {
  const { scripted } = props;
  const tools: [string, () => void][] = [
    ['Reset', props.onReset],
    ['Settings', props.onSettings],
    ['Keys', props.onKeys],
  ];
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5">
      <LanguageSelect {...props} />
      {!scripted && <WithoutScript form={props.form} />}
      <span className="mr-auto min-w-0 truncate pl-1">{props.status}</span>
      <span className={scripted ? 'flex' : 'invisible flex'}>
        {tools.map(([name, act]) => (
          <Button
            key={name}
            type="button"
            look="quiet"
            size="small"
            className="px-2! font-normal! text-muted"
            onClick={act}
          >
            {name}
          </Button>
        ))}
      </span>
      {props.children}
    </div>
  );
}
