import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { requestsBy } from '../../../../test/requests.js';
import { createTestApp } from '../../../../test/running-app.js';
import { createWorld, supabase, unique, type World } from '../../../../test/world.js';
import { createMailboxTransport } from './repository.js';

const app = createTestApp();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});

describe('the development mailbox', () => {
  const mail = () => ({
    id: crypto.randomUUID(),
    recipient: 'ada@example.org',
    recipientName: null,
    subject: unique('subject'),
    html: '<p>Hello</p>',
    text: 'Hello',
  });

  test('keeps mails in place of sending them, each once, and shows them', async () => {
    const transport = createMailboxTransport(supabase.service);
    const kept = mail();
    expect(await transport.find(kept.id)).toBeNull();
    await transport.send(kept);
    await transport.send(kept);
    expect(await transport.find(kept.id)).toBe(kept.id);
    const list = await request(app).get('/api/mailbox').expect(200);
    expect(list.body.mails.filter(({ id }: { id: string }) => id === kept.id)).toMatchObject([
      { subject: kept.subject, recipient: 'ada@example.org', receivedAt: expect.stringMatching(/Z$/) },
    ]);
    const read = await request(app).get(`/api/mailbox/${kept.id}`).expect(200);
    expect(read.body).toMatchObject({ html: '<p>Hello</p>', text: 'Hello' });
    await request(app).get(`/api/mailbox/${crypto.randomUUID()}`).expect(404);
  });

  test('shows a sample of every mail', async () => {
    const answer = await request(app).get('/api/mailbox/samples').expect(200);
    expect(answer.body.samples).toHaveLength(8);
  });

  test.each(['/api/mailbox', '/api/mailbox/samples', `/api/mailbox/${crypto.randomUUID()}`])(
    '%s is for administrators where others reach the pages, and is not there in production',
    async (address) => {
      const shared = createTestApp({ mailbox: 'admins' });
      await request(shared).get(address).expect(401);
      await requestsBy(shared, world.learner).get(address).expect(403);
      const { status } = await requestsBy(shared, world.admin).get(address);
      expect([200, 404]).toContain(status);
      const production = createTestApp({ mailbox: null });
      await requestsBy(production, world.admin).get(address).expect(404);
    },
  );
});
