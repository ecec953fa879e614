import { standInVersion } from '../../judge0/engine/src/container/base-image.js';
import { ask } from '../../judge0/engine/src/container/shell.js';

/** What an image is, as a registry knows it, or by its id where it was built here. */
const digestOf = (image: string): string => {
  const format = '{{if .RepoDigests}}{{index .RepoDigests 0}}{{else}}{{.Id}}{{end}}';
  return ask('docker', 'image', 'inspect', '--format', format, image).stdout.trim();
};

/** The images and what they are. @throws when one is not there, or only stands in for the official one */
export const officialImages = (names: readonly string[]): { name: string; digest: string }[] =>
  [...new Set(names)].sort().map((name) => {
    const digest = digestOf(name);
    if (digest === '') throw new Error(`${name} is not on this machine`);
    if (standInVersion(name) !== null) {
      throw new Error(`${name} is a stand-in of make test-compose: docker rmi ${name}, and pull it`);
    }
    return { name, digest };
  });
