/** `secure`: the server speaks TLS; only then may a cookie be Secure and bound to the host by its name. */
const nameOf = (secure: boolean): string => (secure ? '__Host-throughline' : 'throughline');

const attributes = (secure: boolean): string => `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

/** It ends with the browser's session at the latest; the server ends it before. */
export const sessionCookie = (value: string, secure: boolean): string =>
  `${nameOf(secure)}=${value}; ${attributes(secure)}`;

export const endedCookie = (secure: boolean): string => `${nameOf(secure)}=; ${attributes(secure)}; Max-Age=0`;

export const readSessionCookie = (header: string | undefined, secure: boolean): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === nameOf(secure))?.[1];
