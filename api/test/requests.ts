import request from 'supertest';
import type { Express } from 'express';
import type { Person } from './world.js';

/** The headers of somebody who is signed in. */
export const as = ({ accessToken }: Pick<Person, 'accessToken'>) => ({
  Authorization: `Bearer ${accessToken}`,
});

/** Requests to one app by one person. */
export const requestsBy = (app: Express, person: Pick<Person, 'accessToken'>) => ({
  get: (path: string) => request(app).get(path).set(as(person)),
  post: (path: string, body: object) => request(app).post(path).set(as(person)).send(body),
  put: (path: string, body: object) => request(app).put(path).set(as(person)).send(body),
});
