import type { ReactNode } from 'react';
import { classNames } from '~/lib/class-names';
import type { Tone } from '~/lib/verdict-words';

const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  warn: 'bg-warn-soft text-warn',
  accent: 'bg-accent-soft text-accent',
  neutral: 'bg-sunken text-muted',
};

interface BadgeProps {
  tone?: Tone;
  /** A longer explanation, shown on hover. */
  title?: string;
  children: ReactNode;
}

/** A word or two about a thing. The words carry the meaning, the color only helps. */
export function Badge({ tone = 'neutral', title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-sm px-2 py-0.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
