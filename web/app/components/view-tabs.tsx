import type { KeyboardEvent } from 'react';

export interface ViewTab<Name extends string> {
  name: Name;
  label: string;
  /** Id of what it shows. */
  controls: string;
  /** A number beside the label. */
  badge?: number;
}

interface ViewTabsProps<Name extends string> {
  label: string;
  tabs: ViewTab<Name>[];
  selected: Name;
  onSelect: (name: Name) => void;
  className?: string;
}

/** A row of tabs: one tab stop, arrow keys between them (WAI-ARIA tabs). */
export function ViewTabs<Name extends string>({
  label,
  tabs,
  selected,
  onSelect,
  className,
}: ViewTabsProps<Name>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.name === selected);
    const next = (at + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    onSelect(tab.name);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    // The tabs inside take the focus; the keys bubble up to here.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div role="tablist" aria-label={label} onKeyDown={onKeyDown} className={`flex gap-1 ${className ?? ''}`}>
      {tabs.map((tab) => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          id={`tab-${tab.name}`}
          aria-selected={tab.name === selected}
          aria-controls={tab.controls}
          tabIndex={tab.name === selected ? 0 : -1}
          onClick={() => onSelect(tab.name)}
          className={`min-h-9 border-b-2 px-3 text-sm ${
            tab.name === selected
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-muted hover:text-ink'
          }`}
        >
          {tab.label}
          {tab.badge ? <span className="ml-1.5 text-xs text-muted tabular-nums">{tab.badge}</span> : null}
        </button>
      ))}
    </div>
  );
}
