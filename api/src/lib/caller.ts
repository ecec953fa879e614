/** Somebody whose access token was verified. */
export interface Caller {
  id: string;
  accessToken: string;
}
