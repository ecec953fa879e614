import type { Consumption } from '@coding-platform/api/schema/limits';
import { useNavigation } from '@remix-run/react';
import { Badge } from '~/components/badge';
import { Button } from '~/components/button';
import { EmptyState } from '~/components/empty-state';
import { PostForm } from '~/components/post-form';
import { ProgressBar } from '~/components/progress-bar';
import { limitNames, usedWords, whoWords } from './limit-words';

/** Who used most of a limit, those first who are refused now; each can be given the whole quota again. */
export function ConsumptionList({ consumption }: { consumption: Consumption[] }) {
  if (consumption.length === 0) {
    return <EmptyState title="Nobody comes near a limit" text="Nothing was counted in the last minutes." />;
  }
  return (
    <ul className="divide-y divide-line border-y border-line">
      {consumption.map((row) => (
        <li
          key={`${row.class} ${row.identity}`}
          className="flex flex-wrap items-center gap-x-6 gap-y-2 py-2.5"
        >
          <p className="min-w-0 flex-1 basis-60">
            <span className="font-medium break-words">{whoWords(row)}</span>
            <span className="block text-sm text-muted">{limitNames[row.class]}</span>
          </p>
          <div className="flex basis-64 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <span className="w-24">
              <ProgressBar value={row.used} max={row.limit} label={`Used by ${whoWords(row)}`} />
            </span>
            <span className="tabular-nums">{usedWords(row)}</span>
            {row.refused ? <Badge tone="warn">refused, {row.retryAfterSeconds} s left</Badge> : null}
          </div>
          <div className="sm:basis-32 sm:text-right">
            <ResetButton row={row} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function ResetButton({ row }: { row: Consumption }) {
  const sent = useNavigation().formData;
  const pending = sent?.get('intent') === 'reset' && sent.get('identity') === row.identity;
  return (
    <PostForm preventScrollReset>
      <input type="hidden" name="intent" value="reset" />
      <input type="hidden" name="class" value={row.class} />
      <input type="hidden" name="identity" value={row.identity} />
      <input type="hidden" name="who" value={whoWords(row)} />
      <Button look="secondary" size="small" pending={pending}>
        {row.refused ? 'Unblock' : 'Reset'}
        <span className="sr-only">
          {' '}
          {whoWords(row)}, {limitNames[row.class]}
        </span>
      </Button>
    </PostForm>
  );
}
