/** All that our api asks of the Storage, and what it must be refused. */
import { randomUUID } from 'node:crypto';
import type { Conversation } from './conversation.js';

const storage = '/storage/v1';

/** Leaves no bucket behind. */
export const talkToStorage = async ({ ask }: Conversation): Promise<void> => {
  const service = 'service' as const;
  const bucket = randomUUID();
  const made = { id: bucket, name: bucket, public: false, file_size_limit: 20 };
  const object = `${storage}/object/${bucket}/folder/a.txt`;
  const text = new TextEncoder().encode('0123456789');
  const upload = { bytes: text, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'max-age=60' } };

  await ask('its health', { path: `${storage}/status`, key: 'none' });
  await ask('a bucket that is none', { path: `${storage}/bucket/${bucket}`, key: service });
  await ask('a bucket is made', { path: `${storage}/bucket`, key: service, json: made });
  await ask('a bucket is made twice', { path: `${storage}/bucket`, key: service, json: made });
  await ask('a bucket is made by the anonymous key', {
    path: `${storage}/bucket`,
    json: { ...made, id: randomUUID(), name: randomUUID() },
  });
  await ask('a bucket', { path: `${storage}/bucket/${bucket}`, key: service });
  await ask('a bucket is made private', {
    path: `${storage}/bucket/${bucket}`,
    method: 'PUT',
    key: service,
    json: { id: bucket, name: bucket, public: false, file_size_limit: 20 },
  });

  await ask('an object is stored', { path: object, key: service, ...upload });
  await ask('an object is stored twice', { path: object, key: service, ...upload });
  await ask('an object is stored that is larger than its bucket takes', {
    path: `${object}x`,
    key: service,
    ...upload,
    bytes: new Uint8Array(21),
  });
  await ask('an object is stored by the anonymous key', { path: `${object}x`, ...upload });
  await ask('an object is stored without a key', { path: `${object}x`, key: 'none', ...upload });
  await ask('an object is stored in a bucket that is none', {
    path: `${storage}/object/${randomUUID()}/a.txt`,
    key: service,
    ...upload,
  });
  await ask('an empty object is stored', {
    path: `${storage}/object/${bucket}/folder/empty.txt`,
    key: service,
    ...upload,
    bytes: new Uint8Array(),
  });

  const sign = { path: object.replace('/object/', '/object/sign/'), key: service, json: { expiresIn: 60 } };
  const signed = await ask('a link to an object', sign);
  await ask('a link to an object that is none', { ...sign, path: `${sign.path}x` });
  await ask('a link to an object by the anonymous key', { ...sign, key: 'anon' });
  const link = { path: `${storage}${signed.signedURL}`, key: 'none' as const };
  await ask('an object by its link', link);
  await ask('a part of an object by its link', { ...link, headers: { Range: 'bytes=2-4' } });
  await ask('the end of an object by its link', { ...link, headers: { Range: 'bytes=7-' } });
  await ask('a part behind the end of an object', { ...link, headers: { Range: 'bytes=70-80' } });
  await ask('an object by a link with a broken token', { ...link, path: `${link.path}x` });
  await ask('an object by a link without a token', { ...link, path: link.path.replace(/\?.*/, '') });
  await ask('an object with the key of the service', { path: object, key: service });
  await ask('an object with the anonymous key', { path: object });

  const remove = (prefixes: string[]) => ({
    path: `${storage}/object/${bucket}`,
    method: 'DELETE',
    key: service,
    json: { prefixes },
  });
  await ask('objects are removed', remove(['folder/empty.txt']));
  await ask('objects are removed that are none', remove(['folder/nothing.txt']));
  await ask('objects are removed by the anonymous key', { ...remove(['folder/a.txt']), key: 'anon' });
  await ask('a bucket with objects is removed', {
    path: `${storage}/bucket/${bucket}`,
    method: 'DELETE',
    key: service,
  });
  await ask('the last object is removed', remove(['folder/a.txt']));
  await ask('a removed object by its link', link);
  await ask('a bucket is removed', { path: `${storage}/bucket/${bucket}`, method: 'DELETE', key: service });
};
