import { useScripted } from '~/lib/use-scripted';
import { ModalDialog } from './modal-dialog';

/** The name of the Ctrl or Command key here; Ctrl until the browser has told. */
export const useModifierName = (): string => {
  const scripted = useScripted();
  return scripted && /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
};

/** Keys as they are printed: `Ctrl` `Enter`. */
export function Keys({ keys }: { keys: string[] }) {
  return (
    <span className="whitespace-nowrap">
      {keys.map((key, at) => (
        <kbd
          key={at}
          className="mx-0.5 rounded-sm border border-line-strong bg-surface px-1.5 py-px font-sans text-xs text-ink"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}

const rows = (modifier: string): [string, string[]][] => [
  ['Run on the samples', [modifier, 'Enter']],
  ['Submit', [modifier, 'Shift', 'Enter']],
  ['Leave the editor', ['Esc', 'Tab']],
  ['Suggest how to go on', ['Ctrl', 'Space']],
  ['Comment lines in or out', [modifier, '/']],
  ['Find in the code', [modifier, 'F']],
  ['Undo', [modifier, 'Z']],
  ['Move a divider that has the focus', ['←', '→', '↑', '↓']],
  ['This list, when you are not typing', ['?']],
];

/** The list of keys. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const modifier = useModifierName();
  return (
    <ModalDialog title="Keys" onClose={onClose}>
      <table className="w-full text-sm">
        <tbody>
          {rows(modifier).map(([what, keys]) => (
            <tr key={what} className="border-t border-line first:border-t-0">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal">
                {what}
              </th>
              <td className="py-1.5 text-right">
                <Keys keys={keys} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-muted">
        Tab passes through the editor until you type; from then on it indents. Escape gives it back.
      </p>
    </ModalDialog>
  );
}
