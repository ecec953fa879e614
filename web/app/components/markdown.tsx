import { classNames } from '~/lib/class-names';

/** Shows what renderMarkdown (lib/markdown.server) made; `html` from anywhere else would be a hole. */
export function Markdown({ html, className }: { html: string; className?: string }) {
  return <div className={classNames('prose', className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
