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
}

/** Above the editor: language, draft, and the tools that need script. */
export function EditorToolbar(props: EditorToolbarProps) {
  const { form, languages, languageId, scripted } = props;
  const tools: [string, () => void][] = [
    ['Reset', props.onReset],
    ['Settings', props.onSettings],
    ['Keys', props.onKeys],
  ];
  return (
    <div className="flex min-h-11 items-center gap-x-2 border-b border-line px-3">
      <label className="sr-only" htmlFor="language">
        Language
      </label>
      <select
        id="language"
        name="languageId"
        form={form}
        value={languageId}
        onChange={(event) => props.onLanguage(Number(event.target.value))}
        title={languages.find((language) => language.id === languageId)?.version ?? undefined}
        className="min-h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        {languages.map((language) => (
          <option key={language.id} value={language.id}>
            {language.available ? language.name : `${language.name} (not on this server)`}
          </option>
        ))}
      </select>
      {!scripted && (
        <noscript>
          <Button form={form} name="intent" value="switch" look="quiet" size="small">
            Change language
          </Button>
          <Button form={form} name="intent" value="save" look="quiet" size="small">
            Save
          </Button>
        </noscript>
      )}
      <span className="mr-auto min-w-0 truncate pl-1">{props.status}</span>
      <span className={scripted ? 'flex' : 'invisible flex'}>
        {tools.map(([name, act]) => (
          <Button
            key={name}
            type="button"
            look="quiet"
            size="small"
            className="px-2! text-muted"
            onClick={act}
          >
            {name}
          </Button>
        ))}
      </span>
    </div>
  );
}
