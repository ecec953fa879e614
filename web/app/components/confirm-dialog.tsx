import { Form, Link, useLocation, useNavigation } from '@remix-run/react';
import { useState, type ReactNode } from 'react';
import { changedQuery } from '~/lib/table-query';
import { Button } from './button';
import { ModalDialog } from './modal-dialog';
import { PostForm } from './post-form';

interface ConfirmDialogProps {
  /** A question with the thing's name: "Deactivate Ada Lovelace?" */
  title: string;
  /** The act as a verb: "Deactivate". */
  confirmLabel: string;
  /** `primary` for an act that can be taken back by another click. */
  look?: 'danger' | 'primary';
  /** What is sent when it is confirmed; a list is sent as several values of one name. */
  fields: Record<string, string | string[]>;
  onClose: () => void;
  /** What happens then, and whether it can be undone; fields may be among it. */
  children: ReactNode;
}

/**
 * Asks before an act that is hard to undo, and posts `fields` to the page's action. Rendered by the server it is open
 * without JavaScript, too.
 */
export function ConfirmDialog({
  title,
  confirmLabel,
  look = 'danger',
  fields,
  onClose,
  children,
}: ConfirmDialogProps) {
  const { search } = useLocation();
  const pending = useNavigation().state !== 'idle';
  return (
    <ModalDialog title={title} onClose={onClose}>
      <PostForm className="grid gap-4">
        {Object.entries(fields).flatMap(([name, values]) =>
          [values]
            .flat()
            .map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
        )}
        <div className="space-y-3">{children}</div>
        <div className="flex flex-wrap justify-end gap-3">
          <Link
            to={changedQuery(search, { confirm: '' })}
            preventScrollReset
            onClick={(event) => {
              event.preventDefault();
              onClose();
            }}
            className="inline-flex min-h-11 items-center rounded-md px-4 font-medium hover:bg-sunken"
          >
            Cancel
          </Link>
          <Button look={look} pending={pending}>
            {confirmLabel}
          </Button>
        </div>
      </PostForm>
    </ModalDialog>
  );
}

interface ConfirmButtonProps extends Omit<ConfirmDialogProps, 'onClose'> {
  /** Tells the questions of one page apart: it stands in the address where there is no JavaScript. */
  name: string;
  label: ReactNode;
  buttonLook?: 'secondary' | 'quiet' | 'danger' | 'primary';
  size?: 'small' | 'medium';
}

/** A button that asks before it acts. Without JavaScript it asks by a page of its own: `?confirm=name`. */
export function ConfirmButton({
  name,
  label,
  buttonLook = 'secondary',
  size,
  ...dialog
}: ConfirmButtonProps) {
  const { search, key } = useLocation();
  const query = new URLSearchParams(search);
  const asked = query.get('confirm') === name;
  // The key of the navigation: an act that was done leads somewhere, and the question is over.
  const [openAt, setOpenAt] = useState(asked ? key : null);
  query.delete('confirm');
  return (
    <>
      <Form method="get" className="contents">
        {[...query].map(([field, value]) => (
          <input key={field + value} type="hidden" name={field} value={value} />
        ))}
        <Button
          look={buttonLook}
          size={size}
          name="confirm"
          value={name}
          aria-haspopup="dialog"
          onClick={(event) => {
            event.preventDefault();
            setOpenAt(key);
          }}
        >
          {label}
        </Button>
      </Form>
      {openAt === key ? <ConfirmDialog {...dialog} onClose={() => setOpenAt(null)} /> : null}
    </>
  );
}
