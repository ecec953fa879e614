import { latestSuccess, whatIsKnown } from '../../test-real/evidence.js';
import { ok, skipped, warning, type Check } from '../check.js';

export const evidence: Check = {
  id: 'evidence',
  title: 'Tried as it is',
  section: 'settings',
  run: async ({ machine }) => {
    const composeText = await machine.readText('docker-compose.yml');
    if (composeText === null) return skipped('there is no compose file');
    const files = (await machine.list('ops/evidence')).filter(({ name }) => name.endsWith('.json'));
    const texts = await Promise.all(files.map(({ name }) => machine.readText(`ops/evidence/${name}`)));
    const found = latestSuccess(texts.filter((text) => text !== null));
    const { current, sentence } = whatIsKnown(found, composeText);
    // A school cannot do much about a version that was never tried; one that was tried and changed since is its own doing.
    if (current) return ok(sentence);
    return found
      ? warning(sentence, 'On another machine, since it takes half an hour and much memory: make test-real')
      : skipped(sentence);
  },
};
