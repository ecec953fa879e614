interface ProgressBarProps {
  value: number;
  max: number;
  /** What progresses, for those who do not see the bar. */
  label: string;
}

/** How far along: `value` of `max`. The numbers belong into the text beside it. */
export function ProgressBar({ value, max, label }: ProgressBarProps) {
  return <progress className="progress" value={value} max={Math.max(max, 1)} aria-label={label} />;
}
