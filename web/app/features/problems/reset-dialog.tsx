import { Button } from '~/components/button';
import { ModalDialog } from '~/components/modal-dialog';

interface ResetDialogProps {
  languageName: string;
  onReset: () => void;
  onClose: () => void;
}

/** Asks before the learner's code gives way to the starter code. */
export function ResetDialog({ languageName, onReset, onClose }: ResetDialogProps) {
  return (
    <ModalDialog title="Back to the starter code?" onClose={onClose}>
      <p className="text-sm">
        Your {languageName} code for this problem is replaced by the code that the problem came with. You can
        undo it afterwards; submissions stay as they are.
      </p>
      <div className="flex justify-end gap-3">
        <Button type="button" look="secondary" size="small" onClick={onClose}>
          Keep my code
        </Button>
        <Button type="button" size="small" onClick={onReset}>
          Reset
        </Button>
      </div>
    </ModalDialog>
  );
}
