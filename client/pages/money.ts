const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Dollars to the cent, without the sign: "12,840.50". */
export const money = (amount: number): string => cents.format(amount).replace('-', '−');
