import type { Draft } from '@coding-platform/api/schema/drafts';
import { useEffect, useRef } from 'react';
import { Button } from '~/components/button';
import { DiffView } from '~/components/diff-view';
import { LocalTime } from '~/components/local-time';

interface DraftConflictProps {
  mine: string;
  theirs: Draft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Both texts of a draft that was changed in two places, and the choice between them. */
export function DraftConflict({ mine, theirs, onKeepMine, onTakeTheirs }: DraftConflictProps) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => root.current?.focus(), []);
  return (
    <section
      ref={root}
      tabIndex={-1}
      aria-labelledby="draft-conflict"
      className="h-full overflow-y-auto bg-surface px-4 py-4 outline-none"
    >
      <h2 id="draft-conflict" className="text-lg font-semibold">
        This code was also changed somewhere else
      </h2>
      <p className="mt-1 text-sm text-muted">
        Another window or machine saved a newer version
        {theirs.updatedAt && (
          <>
            {' '}
            (<LocalTime iso={theirs.updatedAt} />)
          </>
        )}
        . Choose the one to go on with; what differs is marked.
      </p>
      <div className="my-4 flex flex-wrap gap-3">
        <Button type="button" size="small" onClick={onKeepMine}>
          Keep mine
        </Button>
        <Button type="button" size="small" look="secondary" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
      <DiffView
        left={theirs.sourceCode}
        right={mine}
        leftName="Theirs (saved)"
        rightName="Mine (here)"
        meaning="versions"
      />
    </section>
  );
}
