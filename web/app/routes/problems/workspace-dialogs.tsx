import { KeyHelp } from '~/components/key-help';
import { ResetDialog } from '~/features/problems/reset-dialog';
import { SettingsDialog } from '~/features/problems/settings-dialog';
import { workspaceSettings, type WorkspaceSettings } from '~/features/problems/workspace-settings';
import type { WorkspaceState } from './use-workspace';

interface WorkspaceDialogsProps {
  workspace: WorkspaceState;
  settings: WorkspaceSettings;
}

/** The dialog that is open, if any. */
export function WorkspaceDialogs({ workspace, settings }: WorkspaceDialogsProps) {
  const { dialog, setDialog, code, language } = workspace;
  const close = () => setDialog(null);
  switch (dialog) {
    case 'keys':
      return <KeyHelp onClose={close} />;
    case 'settings':
      return (
        <SettingsDialog
          settings={settings}
          onChange={(part) => workspaceSettings.write({ ...settings, ...part })}
          onClose={close}
        />
      );
    case 'reset':
      return (
        <ResetDialog
          languageName={language?.name ?? ''}
          onClose={close}
          onReset={() => {
            close();
            code.replace(language?.starterCode ?? '', 'The starter code is back.');
          }}
        />
      );
    case null:
      return null;
  }
}
