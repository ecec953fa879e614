import { useEffect, useState } from 'react';

/** False on the server and in the first rendering here: what needs script is shown only when there is some. */
export const useScripted = (): boolean => {
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  return scripted;
};
