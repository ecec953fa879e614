import { Button } from '~/components/button';

interface TextNoticeProps {
  text: string;
  onUndo: () => void;
  onClose: () => void;
}

/** After the whole code was replaced: what happened, and the way back. */
export function TextNotice({ text, onUndo, onClose }: TextNoticeProps) {
  return (
    <div className="flex items-center gap-2 border-b border-line bg-accent-soft px-3 py-1 text-sm">
      <span role="status" className="mr-auto">
        {text}
      </span>
      <Button type="button" look="quiet" size="small" onClick={onUndo}>
        Undo
      </Button>
      <Button type="button" look="quiet" size="small" onClick={onClose} aria-label="Close this message">
        <span aria-hidden="true">×</span>
      </Button>
    </div>
  );
}
