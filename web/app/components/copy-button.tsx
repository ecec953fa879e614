import { useEffect, useState } from 'react';
import { Button } from './button';
import { useScripted } from '~/lib/use-scripted';

interface CopyButtonProps {
  text: string;
  label: string;
  look?: 'secondary' | 'quiet';
  /** What is copied, for those who hear the page: "input of sample 1". */
  describe?: string;
}

/**
 * Copies `text`. Browsers allow it only over https and on localhost; elsewhere, and without JavaScript, there is no
 * button and the text beside it can be selected.
 */
export function CopyButton({ text, label, look = 'secondary', describe }: CopyButtonProps) {
  const scripted = useScripted();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (!scripted || !('clipboard' in navigator)) return null;
  return (
    <>
      <Button
        type="button"
        look={look}
        size="small"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {copied ? 'Copied' : label}
        {describe ? <span className="sr-only"> {describe}</span> : null}
      </Button>
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
