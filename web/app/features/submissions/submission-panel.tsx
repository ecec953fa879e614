import type { SubmissionDetail } from '@coding-platform/api/schema/submissions';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Button } from '~/components/button';
import { LocalTime } from '~/components/local-time';
import type { Limits } from '~/components/verdict-sentence';
import { ResultView } from './result-view';

interface SubmissionPanelProps {
  detail: SubmissionDetail;
  limits: Limits;
  /** The code, shown by the page's own editor. */
  code: ReactNode;
  onRestore: () => void;
  onBack: () => void;
}

/** An earlier submission beside the editor: its code, what the judge said, and the way back. */
export function SubmissionPanel({ detail, limits, code, onRestore, onBack }: SubmissionPanelProps) {
  return (
    <article className="pb-6">
      <header className="px-4 py-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button type="button" look="quiet" size="small" onClick={onBack} className="mr-auto -ml-3">
            <span aria-hidden="true">←</span> All submissions
          </Button>
          <Link className="link text-sm" to={`/submissions/${detail.id}`}>
            Full page
          </Link>
          <Button type="button" look="secondary" size="small" onClick={onRestore}>
            Restore into the editor
          </Button>
        </div>
        <p className="mt-2 text-sm text-muted">
          {detail.languageName}, <LocalTime iso={detail.createdAt} />
        </p>
      </header>
      <div className="mx-4 overflow-hidden rounded-md border border-line">{code}</div>
      <div className="mx-4 mt-4 overflow-hidden rounded-md border border-line">
        <ResultView detail={detail} limits={limits} />
      </div>
    </article>
  );
}
