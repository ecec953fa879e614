import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { clampShare, keyedShare, storedShare } from './split-panes-share';
import './split-panes.css';

export interface SplitPanesProps {
  direction: 'row' | 'column';
  first: ReactNode;
  second: ReactNode;
  /** What the divider moves, for those who hear it: "Problem and code". */
  label: string;
  /** Percent of the room that the first pane gets at first; must be what the style sheet says. */
  defaultShare: number;
  /** Where the browser remembers the share. */
  storageKey: string;
  /** The pane that is put away. */
  hidden?: 'first' | 'second' | null;
}

// React warns of layout effects on the server, where there is nothing to lay out.
const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Two panes with a divider that mouse, finger and arrow keys move; Home and End go to the ends, a double click back to
 * the default. The share is set by script: a style attribute from the server would break the security policy.
 */
export function SplitPanes(props: SplitPanesProps) {
  const { direction, defaultShare, storageKey, hidden = null } = props;
  const root = useRef<HTMLDivElement>(null);
  const firstId = useId();
  const stored = storedShare(storageKey);
  const share = stored.useValue() ?? defaultShare;
  const [dragging, setDragging] = useState(false);

  useBrowserLayoutEffect(() => {
    root.current?.style.setProperty('--split-share', `${share}fr`);
    root.current?.style.setProperty('--split-rest', `${100 - share}fr`);
  }, [share]);

  const move = (next: number) => stored.write(clampShare(next));
  const moveTo = (x: number, y: number) => {
    const box = root.current?.getBoundingClientRect();
    if (!box) return;
    move(direction === 'row' ? ((x - box.left) / box.width) * 100 : ((y - box.top) / box.height) * 100);
  };

  return (
    <div
      ref={root}
      className="split-panes"
      data-direction={direction}
      data-hidden={hidden ?? undefined}
      data-dragging={dragging || undefined}
    >
      <div className="split-pane" id={firstId} hidden={hidden === 'first'}>
        {props.first}
      </div>
      {/* A focusable separator is a widget (WAI-ARIA "window splitter"); the rule knows only the static one. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="separator"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="split-divider"
        hidden={hidden !== null}
        aria-label={`Resize: ${props.label}`}
        aria-controls={firstId}
        aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
        aria-valuenow={Math.round(share)}
        aria-valuemin={clampShare(0)}
        aria-valuemax={clampShare(100)}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={(event) => dragging && moveTo(event.clientX, event.clientY)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onDoubleClick={() => move(defaultShare)}
        onKeyDown={(event) => {
          const next = keyedShare(event.key, share, direction);
          if (next === null) return;
          event.preventDefault();
          move(next);
        }}
      />
      <div className="split-pane" hidden={hidden === 'second'}>
        {props.second}
      </div>
    </div>
  );
}
