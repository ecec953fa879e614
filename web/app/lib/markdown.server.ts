import { createHash } from 'node:crypto';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { finishDocument, type Heading } from './markdown-finish';

export interface RenderedDocument {
  /** Sanitised; safe to put into a page as it is. */
  html: string;
  /** Its h2 and h3, in order, for a table of contents. */
  headings: Heading[];
}

const mathElements =
  'math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover ' +
  'mmultiscripts mprescripts mtable mtr mtd mstyle mpadded mphantom menclose merror';

const mathAttributes = [
  ['xmlns', 'http://www.w3.org/1998/Math/MathML'],
  ['display', 'block', 'inline'],
  ['encoding', 'application/x-tex'],
  'accent accentunder columnalign columnlines columnspacing displaystyle fence form height largeop linebreak',
  'linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel',
  'separator side stretchy symmetric voffset width',
].flatMap((entry): (string | [string, ...string[]])[] =>
  typeof entry === 'string' ? entry.split(' ') : [entry as [string, ...string[]]],
);

const schema: typeof defaultSchema = {
  ...defaultSchema,
  // Ids come from this pipeline only (raw HTML is dropped) and are prefixed where they are made.
  clobber: [],
  tagNames: [...(defaultSchema.tagNames ?? []), ...mathElements.split(' ')],
  attributes: {
    ...defaultSchema.attributes,
    ...Object.fromEntries(mathElements.split(' ').map((name) => [name, mathAttributes])),
    code: [['className', /^(language-[\w+#-]+|hljs)$/]],
    span: [['className', /^(hljs-[\w-]+|[a-z]+_|katex|katex-display|katex-error)$/]],
  },
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath)
  .use(remarkRehype)
  .use(rehypeKatex, { output: 'mathml', strict: 'ignore' })
  .use(rehypeHighlight)
  // Last of those that others wrote: what a bug in them lets through stops here.
  .use(rehypeSanitize, schema)
  .use(finishDocument)
  .use(rehypeStringify)
  .freeze();

const cacheSize = 200;
const cache = new Map<string, Promise<RenderedDocument>>();

/**
 * GitHub-flavoured Markdown with $math$ and highlighted code, as sanitised HTML and its headings. Headings start at h2.
 * The last 200 texts are remembered by their content.
 */
export function renderDocument(source: string): Promise<RenderedDocument> {
  const key = createHash('sha256').update(source).digest('base64');
  const known = cache.get(key);
  // Deleting and setting again moves the entry to the young end.
  cache.delete(key);
  const rendered = known ?? render(source);
  cache.set(key, rendered);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
  return rendered;
}

/** The same as HTML only. */
export async function renderMarkdown(source: string): Promise<string> {
  return (await renderDocument(source)).html;
}

async function render(source: string): Promise<RenderedDocument> {
  const file = await processor.process(source);
  return { html: String(file), headings: (file.data['headings'] ?? []) as Heading[] };
}
