/** A regular file for an archive; `path` is relative with / between its parts. */
export interface ArchivedFile {
  path: string;
  data: Buffer;
  executable: boolean;
}

const BLOCK = 512;

/**
 * An uncompressed tar of regular files (POSIX ustar: IEEE Std 1003.1, pax, "ustar Interchange Format").
 * @throws RangeError for a path that the format cannot hold
 */
export function tarArchive(files: ArchivedFile[]): Buffer {
  const blocks = files.flatMap((file) => {
    const padding = (BLOCK - (file.data.length % BLOCK)) % BLOCK;
    return [header(file), file.data, Buffer.alloc(padding)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header(file: ArchivedFile): Buffer {
  const { prefix, name } = splitPath(file.path);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  block.write(name, 0, 'utf8');
  octal(file.executable ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(file.data.length, 124, 12);
  octal(0, 136, 12);
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(prefix, 345, 'utf8');
  // The checksum counts its own field as blanks.
  block.fill(' ', 148, 156);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

/** Long paths are cut at a slash into a prefix of at most 155 and a name of at most 100 bytes. */
function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return { prefix, name };
  }
  throw new RangeError('the path is too long');
}
