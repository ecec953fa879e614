/** `make rollback`: back to the images that ran before the last upgrade; data and schema stay. */
import { CommandError, endWith, releaseHere } from './here.js';
import { rollBack } from './release.js';
import { readState } from './state-file.js';

const main = async (): Promise<void> => {
  const { current, previous } = readState();
  if (!current || !previous) {
    throw new CommandError('There was no upgrade here that could be taken back.');
  }
  console.log(`From ${current.tag} back to ${previous.tag}:`);
  await rollBack(releaseHere(), { current, previous });
  console.log(`\n${previous.tag} runs. Forward again: make rollback once more, or make upgrade.`);
  if (current.backup) {
    console.log(
      `The database was kept as it is. As it was before ${current.tag} (what came since is lost): README.md, “Back to a backup”, with ${current.backup}`,
    );
  }
};

main().catch(endWith);
