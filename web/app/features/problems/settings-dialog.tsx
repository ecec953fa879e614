import { useId, type ReactNode } from 'react';
import { ModalDialog } from '~/components/modal-dialog';
import { fontSizes, tabSizes, type WorkspaceSettings } from './workspace-settings';

interface SettingsDialogProps {
  settings: WorkspaceSettings;
  onChange: (part: Partial<WorkspaceSettings>) => void;
  onClose: () => void;
}

interface ChoiceProps<T extends string | number> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}

function Choice<T extends string | number>({ label, value, options, onChoose }: ChoiceProps<T>): ReactNode {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([option]) => String(option) === event.target.value);
          if (chosen) onChoose(chosen[0]);
        }}
        className="min-h-9 min-w-44 rounded-md border border-line-strong bg-surface px-2"
      >
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** How the editor looks and behaves; each change holds at once and is remembered in this browser. */
export function SettingsDialog({ settings, onChange, onClose }: SettingsDialogProps) {
  return (
    <ModalDialog title="Editor settings" onClose={onClose}>
      <div className="grid gap-3 text-sm">
        <Choice
          label="Letter size"
          value={settings.fontSize}
          options={fontSizes.map((size) => [size, `${size} px`] as const)}
          onChoose={(fontSize) => onChange({ fontSize })}
        />
        <Choice
          label="Tab width"
          value={settings.tabSize}
          options={tabSizes.map((size) => [size, `${size} spaces`] as const)}
          onChoose={(tabSize) => onChange({ tabSize })}
        />
        <Choice
          label="Colors"
          value={settings.theme}
          options={[
            ['page', 'As the page'],
            ['light', 'Always light'],
            ['dark', 'Always dark'],
          ]}
          onChoose={(theme) => onChange({ theme })}
        />
        <Choice
          label="Keys"
          value={settings.keys}
          options={[
            ['default', 'Standard'],
            ['vim', 'Vim'],
            ['emacs', 'Emacs'],
          ]}
          onChoose={(keys) => onChange({ keys })}
        />
        <p className="text-xs text-muted">Remembered in this browser.</p>
      </div>
    </ModalDialog>
  );
}
