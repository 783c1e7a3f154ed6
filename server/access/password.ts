import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

const LENGTH = 32;
/** OWASP's figures for scrypt: N = 2^17, r = 8, p = 1, which takes 128 MiB. */
const POWER = 17;

const costOf = (power: number) => ({ N: 2 ** power, r: 8, p: 1, maxmem: 2 ** power * 8 * 192 });

/** `scrypt$<power of N>$<salt>$<hash>`, both base64url. */
export async function hashPassword(password: string, power = POWER): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, LENGTH, costOf(power));
  return ['scrypt', power, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

const NOBODY = `scrypt$${POWER}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Takes as long for an account that does not exist (null) as for a wrong password. */
export async function passwordFits(password: string, record: string | null): Promise<boolean> {
  const [, power, salt = '', hash = ''] = (record ?? NOBODY).split('$');
  const given = Buffer.from(salt, 'base64url');
  const derived = await derive(password.normalize('NFKC'), given, LENGTH, costOf(Number(power)));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url')) && record !== null;
}
