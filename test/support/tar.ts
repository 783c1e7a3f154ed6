/** The files of a tar archive (POSIX ustar): blocks of 512 bytes, name at 0, octal size at 124, type at 156. */
export function* tarEntries(tar: Buffer): Generator<{ readonly name: string; readonly content: Buffer }> {
  for (let at = 0; at + 512 <= tar.length; ) {
    const field = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const name = [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/');
    const size = Number.parseInt(field(124, 12), 8) || 0;
    if (field(156, 1) === '0') yield { name, content: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + 512 * Math.ceil(size / 512);
  }
}
