import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

const LENGTH = 32;
// OWASP's figures for scrypt: N = 2^17, r = 8, p = 1, which takes 128 MiB.
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 2 ** 20 };

/** `scrypt$<salt>$<hash>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, LENGTH, COST);
  return ['scrypt', salt.toString('base64url'), hash.toString('base64url')].join('$');
}

const NOBODY = `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Takes as long for an account that does not exist (null) as for a wrong password. */
export async function passwordFits(password: string, record: string | null): Promise<boolean> {
  const [, salt = '', hash = ''] = (record ?? NOBODY).split('$');
  const derived = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), LENGTH, COST);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url')) && record !== null;
}
