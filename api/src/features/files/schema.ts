import { z } from 'zod';
import { slug } from '../problems/schema.js';

export const lessonParams = z.object({ slug, lesson: slug });

export const filePurpose = z.enum(['avatar', 'lesson_attachment']).meta({ id: 'FilePurpose' });
export type FilePurpose = z.infer<typeof filePurpose>;

/** The fields of an upload that stand before its file. */
export const uploadFields = z
  .object({
    purpose: filePurpose,
    lessonId: z.guid().optional().meta({ description: 'Of a lesson attachment: its lesson.' }),
  })
  .refine(({ purpose, lessonId }) => (purpose === 'lesson_attachment') === (lessonId !== undefined), {
    error: 'Name the lesson of an attachment, and none for an avatar.',
    path: ['lessonId'],
  });
export type UploadFields = z.infer<typeof uploadFields>;

/** The whole form of an upload, for the documentation: the file is the last part. */
export const uploadForm = z
  .object({ ...uploadFields.shape, file: z.string().meta({ format: 'binary' }) })
  .meta({ id: 'UploadForm' });

export const fileSummary = z
  .object({
    id: z.guid(),
    purpose: filePurpose,
    name: z.string().meta({ description: 'For people: its ending fits its content.' }),
    mediaType: z.string(),
    sizeBytes: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'FileSummary' });
export type FileSummary = z.infer<typeof fileSummary>;

export const fileLink = z
  .object({
    file: fileSummary,
    url: z
      .string()
      .meta({ description: 'Path on the pages’ address; works without a session until it expires.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'FileLink' });
export type FileLink = z.infer<typeof fileLink>;

export const lessonFiles = z
  .object({
    lessonId: z.guid(),
    files: z.array(fileSummary),
    canManage: z.boolean().meta({ description: 'Whether I may add files and remove any of them.' }),
    maxBytes: z.number().int().meta({ description: 'The largest file that may be added.' }),
  })
  .meta({ id: 'LessonFiles' });
export type LessonFiles = z.infer<typeof lessonFiles>;

/** Somebody's picture: links to a square of 256 and of 64 pixels, good for a day at least. */
export const avatar = z
  .object({ id: z.guid(), url: z.string(), smallUrl: z.string() })
  .meta({ id: 'Avatar' });
export type Avatar = z.infer<typeof avatar>;

export const uploadAnswer = z
  .object({
    file: fileSummary,
    avatar: avatar.nullable().meta({ description: 'The new picture, when the file is one.' }),
  })
  .meta({ id: 'UploadAnswer' });
export type UploadAnswer = z.infer<typeof uploadAnswer>;

/** The signed part of a link. */
export const linkQuery = z.object({
  size: z.enum(['64', '256']).default('256'),
  expires: z.coerce.number().int().positive(),
  signature: z.string().max(100),
});
export type LinkQuery = z.infer<typeof linkQuery>;

export const avatarMaxBytes = 5 * 1024 * 1024;
/** Images are decoded, which takes memory: larger ones are refused whatever the purpose. */
export const imageMaxBytes = 20 * 1024 * 1024;
