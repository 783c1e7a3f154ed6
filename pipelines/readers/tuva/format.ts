import { inputTables } from '../../input/tables.ts';
import type { Format } from '../format.ts';

/** The Tuva input layer (thetuvaproject.com, Apache-2.0) with our extensions: it is the input contract. */
export const tuva: Format = { id: 'tuva', title: 'Tuva input layer', tables: inputTables };
