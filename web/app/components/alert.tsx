import type { ReactNode } from 'react';
import { classNames } from '~/lib/class-names';

type AlertTone = 'good' | 'bad' | 'warn' | 'neutral';

const tones: Record<AlertTone, string> = {
  good: 'border-good bg-good-soft',
  bad: 'border-bad bg-bad-soft',
  warn: 'border-warn bg-warn-soft',
  neutral: 'border-line-strong bg-surface',
};

interface AlertProps {
  tone?: AlertTone;
  title?: string;
  /** An id to give it the focus by. */
  id?: string;
  className?: string;
  children?: ReactNode;
}

/** A message about what just happened. A bad one interrupts a screen reader, the others wait their turn. */
export function Alert({ tone = 'neutral', title, id, className, children }: AlertProps) {
  return (
    <div
      id={id}
      role={tone === 'bad' ? 'alert' : 'status'}
      tabIndex={id ? -1 : undefined}
      className={classNames('rounded-md border-l-4 px-4 py-3', tones[tone], className)}
    >
      {title ? <p className="font-semibold">{title}</p> : null}
      {children}
    </div>
  );
}
