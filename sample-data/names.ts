const WOMEN = `Ada Beatrix Clementine Dorothea Eudora Fenella Georgiana Hester Isolde Josephine Keturah Lavinia Marcella
  Nerissa Odette Philippa Quilla Rosamund Sidony Tabitha Ursula Verity Winifred Xanthe Yolande Zenobia Araminta Blythe
  Corisande Drusilla Esperanza Florabel Ginevra Hyacinth Imelda Jacinta Lettice Mehitabel Nanette Ottilie`.split(/\s+/);
const MEN = `Ambrose Barnaby Cornelius Dashiell Ephraim Fitzgerald Gideon Horatio Ignatius Jethro Kendrick Leopold
  Montague Nathaniel Obadiah Percival Quentin Rutherford Silvanus Thaddeus Ulysses Valentine Wendell Xavier Yorick
  Zachariah Alaric Balthazar Caspian Desmond Eustace Florian Godfrey Hezekiah Isidore Jocelyn Lysander Mortimer
  Niven Osbert`.split(/\s+/);
const FAMILIES = `Appleyard Brackenbury Copperfield Dunmallow Everglade Fothergill Greystone Hollowell Inglenook
  Jessamine Kettlewell Larkspur Merriweather Nightingale Oakenshaw Pennywhistle Quillfeather Ravensworth Silverthorn
  Thistledown Underhill Vanterpool Winterbourne Yarrowdale Zephyrine Ashgrove Birchfield Cloverleigh Dewberry Elmsworth
  Fernsby Goldfinch Hawthornden Ivoryton Juniperus Kestrelman Lavenderly Mistlewood Northcliffe Osprey Primrosehill
  Quickbeam Rosewarne Starling Tanglewood Umberleigh Vellacott Wrenfield Yellowley Zinnia`.split(/\s+/);

const at = (names: readonly string[], index: number): string => names[index % names.length] ?? '';

/** Invented on purpose: nobody should mistake a person of the sample for somebody they know. */
export const givenName = (sex: 'female' | 'male', index: number): string => at(sex === 'female' ? WOMEN : MEN, index);
export const familyName = (index: number): string => at(FAMILIES, index);
