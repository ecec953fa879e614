import { Form, type FormProps } from '@remix-run/react';
import { forwardRef } from 'react';
import { ownerField } from '~/lib/page-owner-names';
import { useOwnerId } from '~/lib/use-owner-id';

/** In a form: the user whom the page was made for, so that it cannot act for another one without JavaScript either. */
export function OwnerField() {
  return <input type="hidden" name={ownerField} value={useOwnerId()} readOnly />;
}

/** Every form that changes something: it posts and names the page's owner. */
export const PostForm = forwardRef<HTMLFormElement, Omit<FormProps, 'method'>>(function PostForm(props, ref) {
  const { children, ...rest } = props;
  return (
    // eslint-disable-next-line no-restricted-syntax -- here it is made
    <Form ref={ref} method="post" {...rest}>
      <OwnerField />
      {children}
    </Form>
  );
});
